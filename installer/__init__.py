"""What delivers the program: frozen folder, MSI, policy templates, and a Windows to try them on."""
