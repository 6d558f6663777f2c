"""What people do with a gift exchange; each verb is one transaction."""
