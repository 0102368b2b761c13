package vm

import (
	"crypto/rand"
	"math"
	"math/big"
)

// host is an emulated import. Its arguments lie on the stack, its result, if
// it has one, goes to the first place.
type host func(v *VM, s []uint64)

// imports of Automerge 3.5.0 by name. Those that are missing are not reached
// by what we call: they trap.
var imports = map[string]host{
	"__wbindgen_init_externref_table": (*VM).initTable,

	"__wbindgen_cast_0000000000000001": func(v *VM, s []uint64) { s[0] = v.handles.put(math.Float64frombits(s[0])) },
	"__wbindgen_cast_0000000000000002": func(v *VM, s []uint64) { s[0] = v.handles.put(big.NewInt(int64(s[0]))) },
	"__wbindgen_cast_0000000000000003": func(v *VM, s []uint64) { s[0] = v.handles.put(v.text(s[0], s[1])) },
	"__wbindgen_cast_0000000000000004": func(v *VM, s []uint64) { s[0] = v.handles.put(new(big.Int).SetUint64(s[0])) },

	"__wbg___wbindgen_is_bigint_8ffbbef442139384":    is(func(x any) bool { _, ok := x.(*big.Int); return ok }),
	"__wbg___wbindgen_is_function_5e4570eb24ffa122":  is(func(x any) bool { _, ok := x.(Func); return ok }),
	"__wbg___wbindgen_is_null_7d13f41e1a2d5140":      is(func(x any) bool { return x == nil }),
	"__wbg___wbindgen_is_undefined_6cff064c44e0d823": is(func(x any) bool { return x == Undefined }),
	"__wbg_instanceof_Object_80ad464782e2bd73":       is(isObject),
	"__wbg_instanceof_Uint8Array_f935dbb0aa7cdeed":   is(func(x any) bool { _, ok := x.(Bytes); return ok }),
	"__wbg_isArray_6339f732981044bf":                 is(isArray),

	"__wbg___wbindgen_boolean_get_c9c83ebd41b34df3": (*VM).getBoolean,
	"__wbg___wbindgen_number_get_136b9679cab35cfb":  (*VM).getNumber,
	"__wbg___wbindgen_string_get_d154f1e671052120":  (*VM).getString,

	"__wbg___wbindgen_debug_string_a57024b9c6e4a48b": func(v *VM, s []uint64) { v.giveText(s[0], text(v.handles.at(s[1]))) },
	"__wbg_toString_76752bc853683831":                make1(func(x any) any { return text(x) }),
	"__wbg___wbindgen_gt_868f0f71232d2823":           func(v *VM, s []uint64) { o, ok := v.compare(s); s[0] = flag(ok && o > 0) },
	"__wbg___wbindgen_lt_94fbb50645571f95":           func(v *VM, s []uint64) { o, ok := v.compare(s); s[0] = flag(ok && o < 0) },

	"__wbg_new_ebe3e0f6837f0879":            make0(func() any { return Object{} }),
	"__wbg_new_116be93542d39019":            make0(func() any { return &Array{} }),
	"__wbg_new_f9d6489212f3b2b3":            make1(toDate),
	"__wbg_new_from_slice_3eea173078478cfe": func(v *VM, s []uint64) { s[0] = v.handles.put(Bytes(v.copyOut(s[0], s[1]))) },
	"__wbg_for_6cd11b27e33e4d0b":            func(v *VM, s []uint64) { s[0] = v.handles.put(symbol(v.text(s[0], s[1]))) },
	"__wbg_keys_ec7f8c0c2370d91d":           make1(func(x any) any { return list(x, func(name string, _ any) any { return name }) }),
	"__wbg_values_bbaf1bcbcd5d1deb":         make1(func(x any) any { return list(x, func(_ string, value any) any { return value }) }),
	"__wbg_Error_408e67f47ca7b58b":          (*VM).newException,
	"__wbg_new_358857d90afd5a2d":            (*VM).newException,
	"__wbg_new_19e1be967b5131c8":            (*VM).newException,

	"__wbg_get_971a0c45d172643f":              (*VM).get,
	"__wbg_get_d173c0308df22d37":              (*VM).get,
	"__wbg_get_unchecked_e20b893aeafc3fca":    (*VM).getItem,
	"__wbg_set_8155bb79a948541b":              func(v *VM, s []uint64) { v.set(s); s[0] = 1 },
	"__wbg_push_adb0107829f02d75":             (*VM).push,
	"__wbg_length_36bd29c6848c2144":           (*VM).length,
	"__wbg_length_ecfa2c63d3d0d82c":           (*VM).length,
	"__wbg_prototypesetcall_de8e0d9553586985": (*VM).copyIn,
	"__wbg_defineProperty_c42c661b4dea36ef":   func(*VM, []uint64) {}, // of symbols, which nobody reads
	"__wbg_call_35dba3c747ad7521":             (*VM).call1,
	"__wbg_getRandomValues_436a51d0629d84e1":  func(v *VM, s []uint64) { _, _ = rand.Read(v.view(s[0], s[1])) },

	"__wbg___wbindgen_throw_bb96b2010945f0bc": func(v *VM, s []uint64) { fail("%s", v.text(s[0], s[1])) },
	"__wbg_error_dd408a7b3cb542dd":            func(*VM, []uint64) {},
	"__wbg_log_e6372b4fbfc9f81e":              func(*VM, []uint64) {},
	"__wbg_log_d4cf733eb3697879":              func(*VM, []uint64) {},
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func is(test func(any) bool) host {
	return func(v *VM, s []uint64) { s[0] = flag(test(v.handles.at(s[0]))) }
}

func make0(f func() any) host {
	return func(v *VM, s []uint64) { s[0] = v.handles.put(f()) }
}

func make1(f func(any) any) host {
	return func(v *VM, s []uint64) { s[0] = v.handles.put(f(v.handles.at(s[0]))) }
}

func isArray(x any) bool { _, ok := x.(*Array); return ok }

func toDate(x any) any {
	f, _ := x.(float64)
	return Date(f)
}
