"""The sections of the committee report, one file each."""
