package prog

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/e2e/x11"
)

// Shot keeps a picture of the whole screen as e2e/artifacts/NAME.png and
// returns its path.
func Shot(t testing.TB, d *x11.Display, name string) string {
	t.Helper()
	picture, err := d.Shot(d.Screen())
	if err != nil {
		t.Fatal(err)
	}
	path := Artifact(t, name)
	if err := x11.SavePNG(path, picture); err != nil {
		t.Fatal(err)
	}
	return path
}

// Artifact is the path of the picture of a name.
func Artifact(t testing.TB, name string) string {
	t.Helper()
	return filepath.Join(artifacts(t), name+".png")
}

// artifacts returns the folder for pictures: $CORKBOARD_ARTIFACTS or the
// module's e2e/artifacts.
func artifacts(t testing.TB) string {
	t.Helper()
	if dir := os.Getenv("CORKBOARD_ARTIFACTS"); dir != "" {
		return dir
	}
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		t.Fatalf("find the module: %v", err)
	}
	return filepath.Join(filepath.Dir(strings.TrimSpace(string(out))), "e2e", "artifacts")
}
