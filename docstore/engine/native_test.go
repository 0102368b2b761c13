//go:build cgo && (linux || darwin)

package engine_test

import (
	"testing"

	"corkboard/docstore/engine"
	"corkboard/docstore/engine/enginetest"
)

func TestNative(t *testing.T) { enginetest.Run(t, engine.Native()) }
