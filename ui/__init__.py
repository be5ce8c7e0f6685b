"""The windows of the MIR Download Client, program `mir-download-client`; they speak to the engine only."""
