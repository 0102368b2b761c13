package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"corkboard/assets/automerge"
	"corkboard/docstore/engine/vm"
)

// Limits of a Sandbox that the zero Options stand for.
const (
	defaultMemory  = 512 << 20
	defaultVMs     = 16
	defaultTenants = 16
)

// Options of a Sandbox; the zero value is right for the program but for Cache.
type Options struct {
	// Memory limits the linear memory of one VM, in bytes; 0 means 512 MiB. A
	// document that needs more gets ErrTrap. A board of 10,000 cards takes some
	// 85 MB.
	Memory int
	// VMs is how many may be alive at a time; 0 means 16. Documents in the one
	// that was used longest ago are saved and loaded again when they are next
	// used.
	VMs int
	// Tenants is how many documents share a VM at most; 0 means 16. As many are
	// lost in memory when one of them traps.
	Tenants int
	// Cache is a folder for compiled code, "" for none. It is made if it is not
	// there. Nobody else may write to it.
	Cache string
}

// Sandbox is Automerge's WebAssembly in VMs of its own: slower than the native
// core by a few tenths of a millisecond a change, and whatever bytes it is
// given, what comes out is an error at worst. Safe on any goroutine.
type Sandbox struct {
	options Options
	program *program

	mu       sync.Mutex
	changed  *sync.Cond // a machine has less to do, or s is closed
	scratch  *program   // nil before the first trial
	machines []*machine
	trials   int // that run
	clock    uint64
	closed   bool
}

// program is code that is being compiled; what follows done is valid when
// that is closed.
type program struct {
	done  chan struct{}
	code  *vm.Program
	fault error
}

var _ Engine = (*Sandbox)(nil)

// Sandboxed begins to compile the engine in the background and returns at
// once; New and Load wait for it, and give ErrNoEngine if it cannot run here.
// Close it.
func Sandboxed(o Options) *Sandbox {
	if o.Memory <= 0 {
		o.Memory = defaultMemory
	}
	if o.VMs <= 0 {
		o.VMs = defaultVMs
	}
	if o.Tenants <= 0 {
		o.Tenants = defaultTenants
	}
	s := &Sandbox{options: o, program: begin(o, false)}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// begin compiles in the background.
func begin(o Options, stoppable bool) *program {
	p := &program{done: make(chan struct{})}
	go func() {
		defer close(p.done)
		p.code, p.fault = compile(o, stoppable)
	}()
	return p
}

func compile(o Options, stoppable bool) (*vm.Program, error) {
	code, err := automerge.Code()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoEngine, err)
	}
	config := vm.Config{Code: code, Memory: o.Memory, Cache: o.Cache, Stoppable: stoppable}
	p, err := vm.Compile(context.Background(), config)
	if err != nil && o.Cache != "" { // a cache that cannot be used is no reason to go without an engine
		config.Cache = ""
		p, err = vm.Compile(context.Background(), config)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoEngine, err)
	}
	return p, nil
}

// Ready waits until the engine is compiled; its error is that of New and Load.
func (s *Sandbox) Ready() error {
	<-s.program.done
	return s.program.fault
}

// New makes an empty document; see Engine.
func (s *Sandbox) New(actor []byte) (Doc, error) { return s.open(nil, nil, actor) }

// Load makes a document from what was saved; see Engine.
func (s *Sandbox) Load(saved []byte, chunks [][]byte, actor []byte) (Doc, error) {
	return s.open(saved, chunks, actor)
}

func (s *Sandbox) open(saved []byte, chunks [][]byte, actor []byte) (Doc, error) {
	if err := s.Ready(); err != nil {
		return nil, err
	}
	d := &document{s: s, actor: actor, saved: saved, chunks: chunks}
	if err := d.use(func(*core) error { return nil }); err != nil {
		return nil, err
	}
	return d, nil
}

// Close waits for what runs and ends all VMs; documents that are still open
// answer ErrClosed.
func (s *Sandbox) Close() error {
	s.mu.Lock()
	s.closed = true
	s.changed.Broadcast()
	for s.busy() {
		s.changed.Wait()
	}
	s.machines = nil
	programs := []*program{s.program, s.scratch}
	s.mu.Unlock()
	var errs []error
	for _, p := range programs {
		if p == nil {
			continue
		}
		if <-p.done; p.code != nil {
			errs = append(errs, p.code.Close())
		}
	}
	return errors.Join(errs...)
}
