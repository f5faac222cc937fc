"""What people see: pure builders of Discord messages, panels and forms."""
