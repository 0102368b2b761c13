package cmdline

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"corkboard/app"
	"corkboard/app/ipc"
)

// maxPassphrase bounds a line of standard input, in bytes.
const maxPassphrase = 64 << 10

// backup writes everything to one file.
func (c *command) backup() int {
	if err := c.existing(); err != nil {
		return c.fail(err)
	}
	to, err := absolute(c.words)
	if err != nil {
		return c.fail(err)
	}
	passphrase, err := c.passphrase(true)
	if err != nil {
		return c.fail(err)
	}
	r, exit := c.ask(ipc.Request{Verb: ipc.Backup, Dir: to[0], Passphrase: passphrase})
	if exit != done {
		return exit
	}
	var made app.BackedUp
	if err := json.Unmarshal(r.Report, &made); err != nil {
		return c.fail(fmt.Errorf("%w: %w", ipc.ErrMessage, err))
	}
	fmt.Fprintf(c.out, "Backed up to %s: %d files, %s in all.\n", to[0], made.Files, size(made.Bytes))
	if made.Damaged > 0 {
		c.say(fmt.Sprintf("%d of the files are damaged. “corkboard check” says which.", made.Damaged))
	}
	return done
}

// restore makes a new profile of a backup.
func (c *command) restore() int {
	from, err := absolute(c.words)
	if err != nil {
		return c.fail(err)
	}
	passphrase, err := c.passphrase(false)
	if err != nil {
		return c.fail(err)
	}
	got, err := app.RestoreBackup(c.ctx, app.Restoring{File: from[0], Passphrase: passphrase, Profile: c.profile, Keyring: c.ring, Log: c.log()})
	if err != nil {
		return c.fail(err)
	}
	fmt.Fprintf(c.out, "Restored to %s: %d documents and %d files, as of %s.\n", c.profile, got.Documents, got.Files, got.Made.Format("2006-01-02 15:04"))
	if got.Damaged > 0 {
		c.say(fmt.Sprintf("%d files were damaged before the backup was made and were left out.", got.Damaged))
	}
	if got.Unsound > 0 {
		c.say(fmt.Sprintf("Of %d documents not all can be read, as before the backup was made.", got.Unsound))
	}
	return done
}

// passphrase asks for one in a terminal, twice if it is new; elsewhere it is the first
// line of standard input. Errors: app.ErrDiffer, those of the terminal.
func (c *command) passphrase(fresh bool) (string, error) {
	in, ok := c.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(c.stdin, maxPassphrase)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("reading the passphrase: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	first, err := c.typed(in, "Passphrase of the backup: ")
	if err != nil || !fresh {
		return first, err
	}
	again, err := c.typed(in, "The same once more: ")
	if err == nil && again != first {
		err = app.ErrDiffer
	}
	return first, err
}

// typed reads a line of a terminal that shows nothing of it, and is as it was
// afterwards, also when the command is interrupted.
func (c *command) typed(in *os.File, ask string) (string, error) {
	fd := int(in.Fd())
	was, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("asking for the passphrase: %w", err)
	}
	type line struct {
		b   []byte
		err error
	}
	got := make(chan line, 1)
	fmt.Fprint(c.err, ask)
	defer fmt.Fprintln(c.err)
	go func() {
		b, err := term.ReadPassword(fd)
		got <- line{b, err}
	}()
	select {
	case l := <-got:
		if l.err != nil {
			return "", fmt.Errorf("asking for the passphrase: %w", l.err)
		}
		return string(l.b), nil
	case <-c.ctx.Done():
		return "", errors.Join(c.ctx.Err(), term.Restore(fd, was))
	}
}
