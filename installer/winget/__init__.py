"""The manifests for winget."""
