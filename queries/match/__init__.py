"""Policy matching: a firm's or a project's profile against every instrument and recognition that was read."""
