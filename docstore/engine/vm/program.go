package vm

import (
	"context"
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

var (
	// ErrTrap says that the code stopped in the middle: a panic of its own, an
	// instruction that must not be reached, no memory left.
	ErrTrap = errors.New("the sandboxed code trapped")
	// ErrDeadline says that the code was stopped because its context was done.
	ErrDeadline = errors.New("the sandboxed code took too long")
	// ErrUnsupported says that this machine cannot run compiled code.
	ErrUnsupported = errors.New("no compiler for this machine")
)

// pageSize is the unit of linear memory (WebAssembly core 2.0, 4.2.8).
const pageSize = 64 << 10

// Config says what to compile and how.
type Config struct {
	Code []byte // the .wasm
	// Memory limits the linear memory of each VM, in bytes.
	Memory int
	// Cache is a folder for compiled code, "" for none. Who can write there
	// can run anything in this program.
	Cache string
	// Stoppable code is stopped when the context it was bound to is done. It
	// is compiled apart and runs four to five times slower.
	Stoppable bool
}

// Program is compiled code, the root of its VMs.
type Program struct {
	runtime wazero.Runtime
	cache   wazero.CompilationCache
	code    wazero.CompiledModule
	table   wazero.CompiledModule
}

// Compile takes a second or two, or with a warm cache some fifty
// milliseconds. ErrUnsupported on machines without a compiler: the interpreter
// is too slow to be of use.
func Compile(ctx context.Context, c Config) (p *Program, err error) {
	p = &Program{}
	defer func() {
		if r := recover(); r != nil { // how the runtime says that a machine lacks what it needs
			err = fmt.Errorf("%w: %v", ErrUnsupported, r)
		}
		if err != nil {
			err = errors.Join(err, p.Close())
			p = nil
		}
	}()
	config := wazero.NewRuntimeConfigCompiler().
		WithCoreFeatures(api.CoreFeaturesV2).
		WithMemoryLimitPages(uint32(min(max(c.Memory/pageSize, 1), 1<<16))).
		WithCloseOnContextDone(c.Stoppable).
		WithDebugInfoEnabled(false)
	if c.Cache != "" {
		if err = sweepCache(c.Cache); err != nil {
			return p, fmt.Errorf("checking the cache of compiled code: %w", err)
		}
		if p.cache, err = wazero.NewCompilationCacheWithDir(c.Cache); err != nil {
			return p, fmt.Errorf("opening the cache of compiled code: %w", err)
		}
		config = config.WithCompilationCache(p.cache)
	}
	p.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	if p.code, err = p.runtime.CompileModule(ctx, c.Code); err != nil {
		return p, fmt.Errorf("compiling: %w", err)
	}
	if p.table, err = p.runtime.CompileModule(ctx, tableCode); err != nil {
		return p, fmt.Errorf("compiling the door to the table: %w", err)
	}
	if c.Cache != "" {
		if err = vouchCache(c.Cache); err != nil {
			return p, fmt.Errorf("writing the sums of compiled code: %w", err)
		}
	}
	return p, p.lend(ctx)
}

// lend offers the emulated imports to the code.
func (p *Program) lend(ctx context.Context) error {
	hosts := map[string]wazero.HostModuleBuilder{}
	for _, f := range p.code.ImportedFunctions() {
		module, name, _ := f.Import()
		if hosts[module] == nil {
			hosts[module] = p.runtime.NewHostModuleBuilder(module)
		}
		call := imports[name]
		if call == nil {
			call = func(*VM, []uint64) { fail("import %s is not emulated", name) }
		}
		run := func(ctx context.Context, _ api.Module, s []uint64) { call(ctx.Value(bound{}).(*VM), s) }
		hosts[module].NewFunctionBuilder().
			WithGoModuleFunction(api.GoModuleFunc(run), f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	for module, b := range hosts {
		if _, err := b.Instantiate(ctx); err != nil {
			return fmt.Errorf("offering %s: %w", module, err)
		}
	}
	return nil
}

// Close ends all VMs and gives the code back.
func (p *Program) Close() error {
	var errs []error
	if p.runtime != nil {
		errs = append(errs, p.runtime.Close(context.Background()))
	}
	if p.cache != nil {
		errs = append(errs, p.cache.Close(context.Background()))
	}
	return errors.Join(errs...)
}
