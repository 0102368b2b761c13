package app

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"corkboard/blobs"
	"corkboard/board"
	"corkboard/cards"
	"corkboard/docstore"
	"corkboard/exchange/backup"
	"corkboard/share"
)

const testPassphrase = "eight or more"

// backedUp is a backup of a profile.
func backedUp(t *testing.T, a *App) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "all.corkbackup")
	got, err := a.Backup(testContext(t), BackingUp{To: to, Passphrase: testPassphrase})
	if err != nil || got.Damaged != 0 || got.Bytes == 0 || a.Device().BackedUp == 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	onlyHere(t, filepath.Dir(to), "all.corkbackup")
	return to
}

// restored is the folder of a profile that a backup became.
func restored(t *testing.T, file string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "new", "profile")
	got, err := RestoreBackup(testContext(t), Restoring{File: file, Passphrase: testPassphrase, Profile: dir, Code: code})
	if err != nil || got.Unsound+got.Damaged != 0 || got.Made.IsZero() {
		t.Fatalf("%+v, %v", got, err)
	}
	onlyHere(t, filepath.Dir(dir), "profile")
	return dir
}

func onlyHere(t *testing.T, dir string, want ...string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	must(t, err)
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, want) {
		t.Errorf("%s holds %q", dir, names)
	}
}

// exportedTest is all that an export in a format writes.
func exportedTest(t *testing.T, a *App, f Format) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	must(t, a.ExportAs(testContext(t), Exporting{Board: a.Home(), Format: f, To: dir}))
	return allFiles(t, dir)
}

func TestABackupBecomesAnEqualProfile(t *testing.T) {
	a := openTest(t, t.TempDir())
	id := fullTrip(t, a)
	_, err := a.pinLinks(testContext(t), a.home, board.Point{X: 900}, []share.Link{{Document: id, Kind: cards.KindBoard}})
	must(t, err)
	_, err = a.ImportBytes(testContext(t), id, board.Point{X: 500}, "sky.png", gradient(300, 200))
	must(t, err)
	a.UpdateDevice(func(d *Device) { d.Theme = "dark" })
	file := backedUp(t, a)
	before := map[Format]map[string]string{}
	for _, f := range []Format{FormatCanvas, FormatMarkdown, FormatJSON} {
		before[f] = exportedTest(t, a, f)
	}
	newText(t, a, id, board.Point{Y: 2000}, "written after the backup")
	b := openTest(t, restored(t, file))
	if b.Device().Theme != "dark" || b.store.Device() == a.store.Device() || b.store.Person() != a.store.Person() {
		t.Errorf("%+v", b.Device())
	}
	for f, want := range before {
		sameFiles(t, want, exportedTest(t, b, f))
	}
	if got, err := b.Check(testContext(t)); err != nil || len(got.Problems) > 0 || got.Files == 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := os.Stat(filepath.Join(a.Profile(), tempFolder, backupLog)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a copy of the log stays: %v", err)
	}
}

func TestBackupsThatCannotBeMadeLeaveNothing(t *testing.T) {
	a := openTest(t, t.TempDir())
	ctx := testContext(t)
	dir := t.TempDir()
	to := filepath.Join(dir, "x")
	if _, err := a.Backup(ctx, BackingUp{To: to, Passphrase: "short"}); !errors.Is(err, backup.ErrShort) {
		t.Errorf("short: %v", err)
	}
	ended, cancel := context.WithCancel(ctx)
	_, err := a.Backup(ended, BackingUp{To: to, Passphrase: testPassphrase, Progress: func(int64, int64) { cancel() }})
	if !errors.Is(err, context.Canceled) || Sentence(err) != "" {
		t.Errorf("cancelled: %v", err)
	}
	_, err = a.Backup(ctx, BackingUp{To: filepath.Join(dir, "none", "x"), Passphrase: testPassphrase})
	if !errors.Is(err, ErrNotHere) {
		t.Errorf("no folder: %v", err)
	}
	onlyHere(t, dir)
	must(t, os.WriteFile(to, []byte("mine"), 0o600))
	var there *ExistsError
	if _, err := a.Backup(ctx, BackingUp{To: to, Passphrase: testPassphrase}); !errors.As(err, &there) {
		t.Errorf("there: %v", err)
	}
	if b, _ := os.ReadFile(to); string(b) != "mine" {
		t.Error("a file was replaced")
	}
	if a.Device().BackedUp != 0 {
		t.Error("it says that there is a backup")
	}
	_, err = a.Backup(ctx, BackingUp{To: to, Passphrase: testPassphrase, Replace: true})
	must(t, err)
	onlyHere(t, dir, "x")
}

func TestAFullDiskIsSaid(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no device that is always full")
	}
	a := openTest(t, t.TempDir())
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	must(t, err)
	defer f.Close()
	r := &backingUp{a: a, BackingUp: BackingUp{Passphrase: testPassphrase}, log: filepath.Join(t.TempDir(), backupLog)}
	must(t, r.prepare(testContext(t)))
	err = r.write(testContext(t), f)
	if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(Sentence(err), "The disk is full") {
		t.Errorf("%v: %s", err, Sentence(err))
	}
}

func TestADamagedFileIsCounted(t *testing.T) {
	a := openTest(t, t.TempDir())
	_, err := a.ImportBytes(testContext(t), a.home, board.Point{X: 500}, "sky.png", gradient(300, 200))
	must(t, err)
	must(t, a.blobs.Walk(testContext(t), func(id blobs.ID, _ int64) error {
		path, err := a.blobs.Path(id)
		if err == nil {
			err = errors.Join(os.Remove(path), os.WriteFile(path, []byte("something else"), 0o600))
		}
		return err
	}))
	to := filepath.Join(t.TempDir(), "x")
	got, err := a.Backup(testContext(t), BackingUp{To: to, Passphrase: testPassphrase})
	if err != nil || got.Damaged != 1 || got.Files != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	back, err := RestoreBackup(testContext(t), Restoring{File: to, Passphrase: testPassphrase, Profile: filepath.Join(t.TempDir(), "p"), Code: code})
	if err != nil || back.Damaged != 1 || back.Files != 0 || back.Documents < 2 {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestWhatIsNoBackupIsNotRestored(t *testing.T) {
	if testing.Short() {
		t.Skip("stretches passphrases often, which takes ten times as long under the race detector")
	}
	a := openTest(t, t.TempDir())
	file := backedUp(t, a)
	whole, err := os.ReadFile(file)
	must(t, err)
	for name, c := range map[string]struct {
		raw        []byte
		passphrase string
		want       error
	}{
		"wrong passphrase": {whole, "something else", backup.ErrWrongPassphrase},
		"cut":              {whole[:len(whole)-100], testPassphrase, backup.ErrDamaged},
		"cut early":        {whole[:len(whole)/2], testPassphrase, backup.ErrDamaged},
		"changed":          {slices.Concat(whole[:len(whole)/2], []byte{whole[len(whole)/2] ^ 1}, whole[len(whole)/2+1:]), testPassphrase, backup.ErrDamaged},
		"something else":   {[]byte("%PDF-1.7"), testPassphrase, backup.ErrNotBackup},
		"nothing inside":   {emptyBackup(t), testPassphrase, ErrRestoreDamaged},
	} {
		place := t.TempDir()
		from := write(t, "b", c.raw)
		_, err := RestoreBackup(testContext(t), Restoring{File: from, Passphrase: c.passphrase, Profile: filepath.Join(place, "p"), Code: code})
		if !errors.Is(err, c.want) || !strings.Contains(Sentence(err), "Nothing was restored") {
			t.Errorf("%s: %v; %s", name, err, Sentence(err))
		}
		onlyHere(t, place)
	}
	var full *NotEmptyError
	if _, err := RestoreBackup(testContext(t), Restoring{File: file, Passphrase: testPassphrase, Profile: a.Profile()}); !errors.As(err, &full) {
		t.Errorf("over a profile: %v", err)
	}
	ended, cancel := context.WithCancel(testContext(t))
	place := t.TempDir()
	_, err = RestoreBackup(ended, Restoring{File: file, Passphrase: testPassphrase, Profile: filepath.Join(place, "p"), Progress: func(done, _ int64) {
		if done > int64(len(whole))/2 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	onlyHere(t, place)
}

// emptyBackup is sound and holds nothing.
func emptyBackup(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := backup.Create(&out, testPassphrase, backup.Head{})
	must(t, err)
	must(t, w.Close())
	return out.Bytes()
}

// TestWhoIsRestoredMeetsWhoWentOn has both write before they meet for the first time, and
// nothing but the backup connects them.
func TestWhoIsRestoredMeetsWhoWentOn(t *testing.T) {
	a := openTogether(t, t.TempDir())
	ctx := testContext(t)
	private := newBoard(t, a, "Mine")
	newText(t, a, private, board.Point{}, "from before")
	file := backedUp(t, a)
	newText(t, a, private, board.Point{Y: 300}, "written on a")
	b := openTogether(t, restored(t, file))
	newText(t, b, private, board.Point{Y: 600}, "written on b")
	must(t, errors.Join(a.Flush(ctx), b.Flush(ctx)))
	meetTest(t, b, a)
	for _, who := range []*App{a, b} {
		eventually(t, who, "all that was written", func() bool {
			said := saidOn(t, who, private)
			return strings.Contains(said, "from before") && strings.Contains(said, "on a") && strings.Contains(said, "on b")
		})
	}
	eventually(t, a, "two devices", func() bool { return len(a.Devices()) == 2 })
	if s := a.SyncState(private); s.Devices != 1 {
		t.Errorf("says %+v", s)
	}
	if !maps.Equal(a.Archived(), b.Archived()) {
		t.Error("the workspaces differ")
	}
}

func TestALockedProfileMakesNoBackup(t *testing.T) {
	if testing.Short() {
		t.Skip("stretches passphrases often, which takes ten times as long under the race detector")
	}
	dir := t.TempDir()
	a := openTest(t, dir)
	w, err := a.RecoveryWords()
	must(t, err)
	i, j := AskedWords(w)
	words := strings.Fields(w.Reveal())
	must(t, a.WordsWritten(words[i-1], words[j-1]))
	must(t, a.ProtectByPassphrase("long enough", "long enough"))
	file := backedUp(t, a)
	closeTest(t, a)
	a = openTest(t, dir)
	_, err = a.Backup(testContext(t), BackingUp{To: filepath.Join(t.TempDir(), "x"), Passphrase: testPassphrase})
	if !errors.Is(err, docstore.ErrLocked) {
		t.Errorf("got %v", err)
	}
	b := openTest(t, restored(t, file))
	if s := b.store.AwaitKeys(testContext(t)); s.Protection != UnderPassphrase || !errors.Is(s.Err, docstore.ErrLocked) {
		t.Errorf("restored as %+v", s)
	}
	must(t, b.Unlock(testPassphrase))
	if _, err := b.RecoveryWords(); !errors.Is(err, docstore.ErrNoWords) {
		t.Errorf("words: %v", err)
	}
}
