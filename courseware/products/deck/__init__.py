"""What goes on which slide: the rules, one file a kind. `products.slides` drives them."""
