"""The facilitator's guide."""
