package sim

import "corkboard/internal/plant"

// remembering builds worlds that keep what came of checking a signature, because fifty
// replicas check the same ones: a third of the time of a world.
var remembering = []plant.Fault{
	{File: "identity/sign.go", Old: "import (", New: "import (\n\t\"sync\""},
	{File: "identity/sign.go", Old: "!ed25519.Verify(id[:], message(domain, body), sig)", New: "!remembered(id, domain, body, sig)"},
	{File: "identity/sign.go", Old: "func message(", New: `
var outcomes sync.Map // of checks, by what was checked

func remembered(id DeviceID, domain string, body, sig []byte) bool {
	of := Hash(domain+string(id[:])+string(sig), body)
	if good, known := outcomes.Load(of); known {
		return good.(bool)
	}
	good := ed25519.Verify(id[:], message(domain, body), sig)
	outcomes.Store(of, good)
	return good
}

func message(`},
}
