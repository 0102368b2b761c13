package cmdline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/app"
)

func TestAProfileIsBackedUpAndRestored(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "all.corkbackup")
	run(t, nil, "", "add", "--profile", dir, write(t, "a.txt", "one"))
	if r := run(t, nil, "short\n", "backup", to, "--profile", dir); r.exit != 1 || !strings.Contains(r.err, "at least 8 characters") {
		t.Errorf("short: %+v", r)
	}
	if r := run(t, nil, "a long passphrase\n", "backup", to, "--profile", dir); r.exit != 0 || !strings.HasPrefix(r.out, "Backed up to "+to) || r.err != "" {
		t.Fatalf("backup: %+v", r)
	}
	if r := run(t, nil, "a long passphrase\n", "backup", to, "--profile", dir); r.exit != 1 || !strings.Contains(r.err, "is there already") {
		t.Errorf("again: %+v", r)
	}
	back := filepath.Join(t.TempDir(), "back")
	if r := run(t, nil, "another passphrase\n", "restore", to, "--profile", back); r.exit != 1 || !strings.Contains(r.err, "does not open the backup") {
		t.Errorf("wrong: %+v", r)
	}
	if _, err := os.Stat(back); err == nil {
		t.Error("something is there")
	}
	if r := run(t, nil, "a long passphrase", "restore", to, "--profile", back); r.exit != 0 || !strings.HasPrefix(r.out, "Restored to "+back+": 5 documents and 0 files") || r.err != "" {
		t.Fatalf("restore: %+v", r)
	}
	if r := run(t, nil, "a long passphrase", "restore", to, "--profile", back); r.exit != 1 || !strings.Contains(r.err, "has something in it") {
		t.Errorf("over it: %+v", r)
	}
	if got := report(t, back); got.Cards != 2 || got.Home != report(t, dir).Home {
		t.Errorf("restored %+v", got)
	}
	if r := run(t, nil, "", "check", "--profile", back); r.exit != 0 {
		t.Errorf("check: %+v", r)
	}
	if r := run(t, nil, "", "restore", to); r.exit != misunderstood || !strings.Contains(r.err, "needs --profile") {
		t.Errorf("nowhere: %+v", r)
	}
	if r := run(t, nil, "", "backup"); r.exit != misunderstood || !strings.Contains(r.err, "the file of the backup") {
		t.Errorf("no file: %+v", r)
	}
}

func TestARunningProgramMakesTheBackup(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "all.corkbackup")
	up, end, over := make(chan struct{}), make(chan struct{}), make(chan result, 1)
	go func() {
		over <- run(t, func(w WindowRequest) int {
			defer w.App.Serve(app.Handlers{})()
			close(up)
			<-end
			return 0
		}, "", "--offline", "--profile", dir)
	}()
	<-up
	if r := run(t, nil, "a long passphrase\n", "backup", to, "--profile", dir); r.exit != 0 || !strings.Contains(r.out, to) {
		t.Errorf("backup: %+v", r)
	}
	close(end)
	if r := <-over; r != (result{}) {
		t.Errorf("the window: %+v", r)
	}
}
