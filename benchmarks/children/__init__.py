"""Programs that measure inside a process; they need nothing but their subject."""
