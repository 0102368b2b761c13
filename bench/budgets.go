package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
)

// budget is what a measure may be. Without a sign it is for information.
type budget struct {
	name, unit string
	sign       string // "<=" or ">="
	limit      float64
}

// frameMillis is what one frame may cost the UI goroutine.
const frameMillis = 8

var budgets = []budget{
	{"enqueue_us_p99", "us", "<=", 5},
	{"command_to_snapshot_2000_us_p50", "us", "<=", 300},
	{name: "command_to_snapshot_2000_us_p99", unit: "us"},
	{name: "save_ack_ms_p50", unit: "ms"},
	{name: "save_ack_ms_p99", unit: "ms"},

	{"start_to_painted_1000_ms", "ms", "<=", 1500},
	{name: "start_to_painted_1000_first_ms", unit: "ms"},
	{name: "start_to_painted_1000_logged_ms", unit: "ms"},
	{"rss_1000_mb", "MB", "<=", 350},
	{name: "rss_1000_with_workers_mb", unit: "MB"},

	{"board_pan_1000_ui_ms_p99", "ms", "<=", frameMillis},
	{"board_zoom_1000_ui_ms_p99", "ms", "<=", frameMillis},
	{"board_drag_1000_ui_ms_p99", "ms", "<=", frameMillis},
	{"text_keystroke_10kB_ui_ms_p99", "ms", "<=", frameMillis},
	{name: "board_pan_1000_ui_ms_p50", unit: "ms"},
	{name: "board_zoom_1000_ui_ms_p50", unit: "ms"},
	{name: "board_drag_1000_ui_ms_p50", unit: "ms"},
	{name: "text_keystroke_10kB_ui_ms_p50", unit: "ms"},
	{name: "board_pan_1000_wall_ms_p99", unit: "ms"},
	{name: "board_zoom_1000_wall_ms_p99", unit: "ms"},
	{name: "board_drag_1000_wall_ms_p99", unit: "ms"},
	{name: "text_keystroke_10kB_wall_ms_p99", unit: "ms"},
	{name: "board_pan_1000_cards_in_view", unit: "cards"},
	{name: "board_zoom_1000_cards_in_view", unit: "cards"},

	{"kill9_runs", "runs", ">=", 300},
	{"kill9_lost", "edits", "<=", 0},
	{"kill9_integrity_errors", "errors", "<=", 0},
	{"kill9_reopen_max_ms", "ms", "<=", 2000},
	{name: "kill9_acked", unit: "edits"},
}

func (b budget) holds(v float64) bool {
	switch b.sign {
	case "<=":
		return v <= b.limit
	case ">=":
		return v >= b.limit
	}
	return true
}

// results are measures by name.
type results map[string]float64

// verdict prints a line per measure and reports whether all budgets hold. A
// budget without a measure does not hold, unless only a part was asked for.
func verdict(w io.Writer, r results, part bool) bool {
	good := true
	for _, b := range budgets {
		v, measured := r[b.name]
		if !measured && (part || b.sign == "") {
			continue
		}
		limit, word := "", ""
		if b.sign != "" {
			limit, word = fmt.Sprintf("%s %g", b.sign, b.limit), "ok"
			if !measured || !b.holds(v) {
				word, good = "OVER BUDGET", false
			}
		}
		shown := "not measured"
		if measured {
			shown = fmt.Sprintf("%.4g %s", v, b.unit)
		}
		fmt.Fprintf(w, "%-34s %14s  %-8s %s\n", b.name, shown, limit, word)
	}
	return good
}

type measure struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
}

// save writes the results for programs to read.
func (r results) save(path string) error {
	out := map[string]measure{}
	for _, b := range budgets {
		if v, ok := r[b.name]; ok {
			out[b.name] = measure{math.Round(v*1000) / 1000, b.unit}
		}
	}
	b, err := json.MarshalIndent(out, "", "  ")
	if err == nil {
		err = os.WriteFile(path, append(b, '\n'), 0o644)
	}
	if err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	return nil
}

// quantile is the smallest value that a part q of the list does not exceed.
func quantile(list []float64, q float64) float64 {
	if len(list) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(list))
	return s[max(0, int(math.Ceil(q*float64(len(s))))-1)]
}
