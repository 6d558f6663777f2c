"""What people do about accounts; each verb is one transaction."""
