package board

import (
	"fmt"
	"reflect"
	"testing"
)

// ids names cards.
func ids(from, n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprint("c", from+i))
	}
	return out
}

func TestWipes(t *testing.T) {
	const second = 1000
	full := Turn{At: 0, Who: "bob", Put: ids(0, 100)}
	each := func(who string, from, n int, begin, pace int64) (out []Turn) {
		for i := range n {
			out = append(out, Turn{At: begin + int64(i)*pace, Who: who, Gone: ids(from+i, 1)})
		}
		return out
	}
	for _, c := range []struct {
		name  string
		turns []Turn
		want  []Wipe
	}{
		{"all at once", []Turn{full, {At: 5 * second, Who: "ada", Gone: ids(0, 100)}}, []Wipe{{"ada", 1, 1, ids(0, 100)}}},
		{"twenty are not enough", []Turn{full, {At: 5 * second, Who: "ada", Gone: ids(0, 20)}}, nil},
		{"a fifth is not enough", []Turn{{Put: ids(0, 105)}, {At: 5 * second, Who: "ada", Gone: ids(0, 21)}}, nil},
		{"more than both", []Turn{{Put: ids(0, 104)}, {At: 5 * second, Who: "ada", Gone: ids(0, 21)}}, []Wipe{{"ada", 1, 1, ids(0, 21)}}},
		{"one by one within a minute", append([]Turn{full}, each("ada", 0, 30, second, second)...), []Wipe{{"ada", 1, 30, ids(0, 30)}}},
		{"one by one, slowly", append([]Turn{full}, each("ada", 0, 60, second, 5*second)...), nil},
		{"two people, half each", append(append([]Turn{full}, each("ada", 0, 15, second, second)...), each("bob", 15, 15, 16*second, second)...), nil},
		{"what was gone already does not count", []Turn{full, {At: 1, Who: "bob", Gone: ids(0, 15)}, {At: 2, Who: "ada", Gone: ids(0, 30)}}, nil},
		{"another container", []Turn{{Put: ids(10, 90)}, {At: 5 * second, Who: "ada", Anew: true, Put: ids(10, 60)}}, []Wipe{{"ada", 1, 1, ids(70, 30)}}},
		{"replaced in one go", []Turn{full, {At: 5 * second, Who: "ada", Put: ids(0, 100), Gone: ids(0, 100)}}, nil},
		{"others in between", []Turn{
			full, {At: second, Who: "ada", Gone: ids(0, 15)}, {At: 2 * second, Who: "bob", Put: ids(200, 1)}, {At: 3 * second, Who: "ada", Gone: ids(15, 10)},
		}, []Wipe{{"ada", 1, 3, ids(0, 25)}}},
		{"once more after a while", []Turn{
			full, {At: second, Who: "ada", Gone: ids(0, 30)}, {At: 2 * second, Who: "ada", Put: ids(0, 30)}, {At: 200 * second, Who: "ada", Gone: ids(0, 40)},
		}, []Wipe{{"ada", 1, 1, ids(0, 30)}, {"ada", 3, 3, ids(0, 40)}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Wipes(c.turns); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestShrinkingSaysItOnce(t *testing.T) {
	for _, c := range []struct {
		name string
		seen [][2]int64 // ms, cards
		want int        // how often it is said
	}{
		{"all gone", [][2]int64{{0, 100}, {10, 0}, {20, 0}}, 1},
		{"it fills", [][2]int64{{0, 0}, {10, 100}, {20, 200}}, 0},
		{"slowly", [][2]int64{{0, 100}, {61_000, 85}, {122_000, 70}, {183_000, 55}}, 0},
		{"one by one", [][2]int64{{0, 100}, {1000, 95}, {2000, 90}, {3000, 85}, {4000, 79}}, 1},
		{"down, up and down", [][2]int64{{0, 100}, {1000, 60}, {2000, 100}, {3000, 60}}, 2},
		{"after a long rest", [][2]int64{{0, 100}, {3_600_000, 5}}, 1},
		{"few of many", [][2]int64{{0, 1000}, {1000, 900}}, 0},
		{"a clock that goes back", [][2]int64{{5000, 100}, {1000, 100}, {2000, 10}}, 1},
	} {
		var s Shrinking
		said := 0
		for _, x := range c.seen {
			if s.Now(x[0], int(x[1])) {
				said++
			}
		}
		if said != c.want {
			t.Errorf("%s: said %d times, want %d", c.name, said, c.want)
		}
	}
}
