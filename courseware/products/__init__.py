"""What is made of a course: a module a product, and the table `PRODUCTS`."""
