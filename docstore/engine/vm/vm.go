package vm

import (
	"context"
	"fmt"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// VM is one instance of a program with memory of its own.
type VM struct {
	ctx     context.Context
	module  api.Module
	door    api.Module // exports what the table of references needs
	memory  api.Memory
	exports map[string]*export
	handles handles

	tableGet, tableSet, tableGrow, tableSize *export
	malloc, free, dealloc                    *export

	broken error // why it is dead
}

// export is a function of the code with the room for a call.
type export struct {
	fn      api.Function
	params  []api.ValueType
	results []api.ValueType
	stack   []uint64
}

// bound is the key under which a call's context knows its VM.
type bound struct{}

// call is the context of calls into a VM.
type call struct {
	context.Context
	vm *VM
}

func (c call) Value(key any) any {
	if key == (bound{}) {
		return c.vm
	}
	return c.Context.Value(key)
}

// Start makes a VM. Close it.
func (p *Program) Start() (*VM, error) {
	v := &VM{exports: map[string]*export{}, handles: newHandles()}
	v.Bind(context.Background())
	module, err := p.runtime.InstantiateModule(v.ctx, p.code, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		return nil, fmt.Errorf("starting a VM: %w", err)
	}
	v.module, v.memory = module, module.Memory()
	ctx := experimental.WithImportResolver(v.ctx, func(string) api.Module { return module })
	if v.door, err = p.runtime.InstantiateModule(ctx, p.table, wazero.NewModuleConfig().WithName("")); err != nil {
		v.Close()
		return nil, fmt.Errorf("opening the table: %w", err)
	}
	for name, at := range map[string]**export{
		"get": &v.tableGet, "set": &v.tableSet, "grow": &v.tableGrow, "size": &v.tableSize,
	} {
		*at = newExport(v.door.ExportedFunction(name))
	}
	for name, at := range map[string]**export{
		"__wbindgen_malloc": &v.malloc, "__wbindgen_free": &v.free, "__externref_table_dealloc": &v.dealloc,
	} {
		if *at = newExport(module.ExportedFunction(name)); *at == nil {
			v.Close()
			return nil, fmt.Errorf("starting a VM: the code has no %s", name)
		}
	}
	if err := v.Do("__wbindgen_start"); err != nil {
		v.Close()
		return nil, err
	}
	return v, nil
}

func newExport(fn api.Function) *export {
	if fn == nil {
		return nil
	}
	d := fn.Definition()
	e := &export{fn: fn, params: d.ParamTypes(), results: d.ResultTypes()}
	e.stack = make([]uint64, max(len(e.params), len(e.results)))
	return e
}

// Bind makes all further calls end when ctx is done, if the program is
// stoppable.
func (v *VM) Bind(ctx context.Context) { v.ctx = call{ctx, v} }

// Size is the linear memory in use, in bytes; it never shrinks.
func (v *VM) Size() int { return int(v.memory.Size()) }

// Broken is ErrTrap or ErrDeadline once the VM is dead, before that nil.
func (v *VM) Broken() error { return v.broken }

// Close gives the memory back.
func (v *VM) Close() {
	ctx := context.Background()
	if v.door != nil {
		_ = v.door.Close(ctx)
	}
	_ = v.module.Close(ctx)
	v.handles = newHandles()
	v.broken = fmt.Errorf("%w: it was closed", ErrTrap)
}

// run calls with what lies on the export's stack; results replace it.
func (v *VM) run(e *export) error {
	if v.broken != nil {
		return v.broken
	}
	err := e.fn.CallWithStack(v.ctx, e.stack)
	if err == nil {
		return nil
	}
	kind := ErrTrap
	if v.ctx.Err() != nil {
		kind = ErrDeadline
	}
	why, _, _ := strings.Cut(err.Error(), "\n") // below it stand the addresses of the frames
	v.broken = fmt.Errorf("%w: %s", kind, why)
	return v.broken
}

// must runs an export on behalf of the code: if that fails, so does the code.
func (v *VM) must(e *export, args ...uint64) uint64 {
	copy(e.stack, args)
	if err := v.run(e); err != nil {
		fail("%s: %v", e.fn.Definition().Name(), err)
	}
	if len(e.results) == 0 {
		return 0
	}
	return e.stack[0]
}

// fail ends the call that is running inside: a host function can do that in
// one way, a panic that the runtime makes the error of the call.
func fail(format string, args ...any) { panic(fmt.Errorf(format, args...)) }
