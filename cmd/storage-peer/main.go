package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"corkboard/net/blind"
)

// Exit codes.
const (
	exitOK      = 0
	exitFailed  = 1
	exitUsage   = 2
	exitDamaged = 3
	exitLocked  = 4
)

const help = `storage-peer keeps sealed boards for people who are not there at the same time.

  storage-peer run     --data DIR [--listen IP:PORT]… [--announce HOST:PORT]… [--verbose]
  storage-peer link    --data DIR [--new-owner]
  storage-peer status  --data DIR
  storage-peer verify  --data DIR
  storage-peer export  --data DIR --namespace N FILE.corkbundle

run      serves until it is stopped. --listen is where, TCP and QUIC at the same
         port: 0.0.0.0:4001 and [::]:4001 unless given. --announce is where others
         reach it, for its link: up to two. At the first start it prints a link
         that works once: whoever opens it in Corkboard first owns the storage peer.
link     prints that link again, if it was not used. --new-owner makes another,
         whose user becomes the owner; stop the storage peer for this.
status   tells tenants, namespaces and space, also while the storage peer runs.
verify   reads everything and compares sizes, hashes and quotas.
export   writes the sealed chunks of a namespace, by its number in status.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 damage was found, 4 the folder is in
use by another process.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// program is one call of one command.
type program struct {
	out, err io.Writer
	data     string
	flags    *flag.FlagSet
}

// errUsage says that a command was called wrongly; what is wrong was printed.
var errUsage = errors.New("wrong usage")

// errDamage says that a check has found something; what it is was printed.
var errDamage = errors.New("damage was found")

// run is the program. It gives the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	commands := map[string]func(*program, context.Context, []string) error{
		"run": (*program).serve, "link": (*program).link, "status": (*program).status,
		"verify": (*program).verify, "export": (*program).export,
	}
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		fmt.Fprint(out, help)
		if len(args) == 0 {
			return exitUsage
		}
		return exitOK
	}
	command, ok := commands[args[0]]
	if !ok {
		fmt.Fprintf(errs, "storage-peer: there is no command %q. See storage-peer help.\n", args[0])
		return exitUsage
	}
	p := &program{out: out, err: errs, flags: flag.NewFlagSet(args[0], flag.ContinueOnError)}
	p.flags.SetOutput(errs)
	p.flags.Usage = func() { fmt.Fprint(errs, help) }
	p.flags.StringVar(&p.data, "data", "", "folder of the storage peer")
	return p.code(command(p, ctx, args[1:]))
}

func (p *program) code(err error) int {
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, errDamage):
		return exitDamaged
	}
	fmt.Fprintf(p.err, "storage-peer: %v\n", err)
	if errors.Is(err, blind.ErrLocked) {
		return exitLocked
	}
	return exitFailed
}

// parse reads the arguments, of which so many are no flags.
func (p *program) parse(args []string, rest int) error {
	if err := p.flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return errUsage // the flag set has printed why
	}
	if p.data == "" {
		return p.wrong("--data is missing: the folder of the storage peer")
	}
	if p.flags.NArg() != rest {
		return p.wrong(fmt.Sprintf("%d arguments, where %d are expected", p.flags.NArg(), rest))
	}
	return nil
}

func (p *program) wrong(why string) error {
	fmt.Fprintf(p.err, "storage-peer: %s. See storage-peer help.\n", why)
	return errUsage
}

// look opens the store for reading, also while another process serves it.
func (p *program) look() (*blind.Store, error) {
	if _, err := blind.DeviceID(p.data); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no storage peer in this folder: %w", err)
	} else if err != nil {
		return nil, err
	}
	return blind.Open(p.data, blind.Options{ReadOnly: true})
}

// list is a flag that may be given several times.
type list []string

// String implements flag.Value.
func (l *list) String() string { return fmt.Sprint([]string(*l)) }

// Set implements flag.Value.
func (l *list) Set(s string) error {
	*l = append(*l, s)
	return nil
}
