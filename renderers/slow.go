package renderers

import (
	"fmt"
	"reflect"
	"runtime"
	"time"
)

// slowWork is how long one piece of work may keep the UI goroutine before
// Env.Slow is told: half a frame.
const slowWork = 8 * time.Millisecond

// measure times work with a cause until the function that it returns is
// called. The cause is a value whose type says what it was, or a function.
func measure(slow func(string, time.Duration), now func() time.Time, cause any) func() {
	began := now()
	return func() {
		if took := now().Sub(began); took > slowWork {
			slow(causeOf(cause), took)
		}
	}
}

func causeOf(cause any) string {
	if v := reflect.ValueOf(cause); v.Kind() == reflect.Func {
		if f := runtime.FuncForPC(v.Pointer()); f != nil {
			return f.Name()
		}
	}
	return fmt.Sprintf("%T", cause)
}
