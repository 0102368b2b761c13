package vault

// Protection says what guards the key file besides the recovery words.
type Protection uint8

const (
	// UnderPassphrase: who has the file needs the passphrase.
	UnderPassphrase Protection = 1
	// UnderKeyring: the key lies in the system's keyring, which opens when the
	// person logs in. Other programs of the same person may be able to read it.
	UnderKeyring Protection = 2
	// UnderFile: this machine has no keyring, so the key lies in a file of mode 0600
	// beside. That keeps other accounts of the machine away (on Windows, where the
	// mode means nothing, as far as the folder does), and nobody who copies the
	// folder or takes the disk: to them the keys are in the clear. Say so, and
	// offer a passphrase.
	UnderFile Protection = 3
)

// String is the protection in English.
func (p Protection) String() string {
	switch p {
	case UnderPassphrase:
		return "passphrase"
	case UnderKeyring:
		return "system keyring"
	case UnderFile:
		return "file beside"
	}
	return "unknown"
}
