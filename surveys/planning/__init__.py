"""What people do to the plan de classement: describe, add, merge, split, retire, reorder, replace, and take back."""
