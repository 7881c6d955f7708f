"""What can be seen: pictures and pages."""
