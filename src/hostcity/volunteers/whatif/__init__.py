"""What some changes of a draft would do, before anybody is told of them."""
