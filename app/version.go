package app

// Version is that of this program.
const Version = "0.1.0"
