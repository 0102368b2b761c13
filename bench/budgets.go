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
	asked      bool // measured only if asked for
}

// frameMillis is what one frame may cost the UI goroutine.
const frameMillis = 8

// The median of a hand's scene may cost so much: ten times as many cards cost
// no more.
const medianMillis = 1.5

// scenesOf are the scenes of moreScenes and handScenes.
var scenesOf = []string{"pan", "zoom", "drag", "type", "marquee", "fit"}

var budgets = slices.Concat(
	[]budget{
		{name: "enqueue_us_p99", unit: "us", sign: "<=", limit: 5},
		{name: "command_to_snapshot_2000_us_p50", unit: "us", sign: "<=", limit: 300},
		{name: "command_to_snapshot_2000_us_p99", unit: "us"},
		{name: "save_ack_ms_p50", unit: "ms"},
		{name: "save_ack_ms_p99", unit: "ms"},

		{name: "engine_native_move_ms", unit: "ms"},
		{name: "engine_native_remote_move_ms", unit: "ms"},
		{name: "engine_native_load_1000_ms", unit: "ms"},
		{name: "engine_native_load_10000_ms", unit: "ms"},
		{name: "engine_sandboxed_move_ms", unit: "ms"},
		{name: "engine_sandboxed_remote_move_ms", unit: "ms"},
		{name: "engine_sandboxed_load_1000_ms", unit: "ms"},
		{name: "engine_sandboxed_load_10000_ms", unit: "ms"},
		{name: "engine_start_cached_ms", unit: "ms", sign: "<=", limit: 150},
		{name: "chunk_overhead_bytes", unit: "bytes", sign: "<=", limit: 200},
		{name: "seal_sign_us", unit: "us"},
		{name: "open_verify_us", unit: "us"},
		{name: "access_eval_1000_ms", unit: "ms", sign: "<=", limit: 50},
		{name: "access_add_1000_ms", unit: "ms"},
		{name: "verifier_accepts_core_survives", unit: "yes", sign: ">=", limit: 1},
		{name: "verifier_mutants", unit: "changes"},
		{name: "verifier_mutants_accepted", unit: "changes"},

		{name: "search_10000_ms_p99", unit: "ms", sign: "<=", limit: 30},
		{name: "search_10000_ms_p50", unit: "ms"},
		{name: "index_1000_docs_s", unit: "s", sign: "<=", limit: 10},
		{name: "open_profile_10000_docs_ms", unit: "ms", sign: "<=", limit: 1000},
		{name: "list_10000_titles_ms", unit: "ms", sign: "<=", limit: 20},
		{name: "save_ack_followed_ms_p50", unit: "ms"},
		{name: "save_ack_followed_ms_p99", unit: "ms"},
		{name: "save_ack_alone_ms_p50", unit: "ms"},
		{name: "save_ack_alone_ms_p99", unit: "ms"},

		{name: "share_10000_docs_s", unit: "s"},
		{name: "first_sync_10000_docs_s", unit: "s"},
		{name: "reconnect_10000_docs_bytes", unit: "bytes", sign: "<=", limit: 8000},
		{name: "reconnect_10000_docs_rtt", unit: "round trips", sign: "<=", limit: 3},
		{name: "verify_10000_docs_10_diff_bytes", unit: "bytes", sign: "<=", limit: 20000},
		{name: "blob_loopback_MBps", unit: "MB/s", sign: ">=", limit: 100},
		{name: "raw_tcp_loopback_MBps", unit: "MB/s"},
		{name: "storage_rss_10000_docs_mb", unit: "MB", sign: "<=", limit: 150},
		{name: "presence_latency_ms_p95", unit: "ms", sign: "<=", limit: 50},
		{name: "presence_latency_ms_p50", unit: "ms"},
		{name: "typists_16_latency_ms_p95", unit: "ms", sign: "<=", limit: 250},
		{name: "typists_16_latency_ms_p50", unit: "ms"},
		{name: "live_edit_local_ms_p95", unit: "ms", sign: "<=", limit: 50},
		{name: "live_edit_local_ms_p50", unit: "ms"},
		{name: "live_first_edit_ms", unit: "ms"},

		{name: "capture_page_ms", unit: "ms", sign: "<=", limit: 500},
		{name: "capture_page_ms_p99", unit: "ms"},

		{name: "siege_honest_p99_ratio", unit: "times", sign: "<=", limit: 2},
		{name: "siege_honest_ms_p99", unit: "ms"},
		{name: "siege_honest_ms_p50", unit: "ms"},
		{name: "siege_quiet_ms_p99", unit: "ms"},
		{name: "siege_quiet_ms_p50", unit: "ms"},
		{name: "siege_rss_growth_mb", unit: "MB", sign: "<=", limit: 64},
		{name: "siege_goroutines_growth", unit: "goroutines", sign: "<=", limit: 5},
		{name: "siege_goroutines_most", unit: "goroutines"},
		{name: "siege_victim_cpu", unit: "cores"},
		{name: "siege_attacker_cpu", unit: "cores"},
		{name: "siege_dials", unit: "dials"},
		{name: "siege_connections", unit: "connections", sign: ">=", limit: 500},
		{name: "siege_streams", unit: "streams", sign: ">=", limit: 10_000},
		{name: "siege_handshakes", unit: "handshakes", sign: ">=", limit: 100},
		{name: "siege_forged", unit: "items", sign: ">=", limit: 1000},

		{name: "import_1000_files_s", unit: "s"},
		{name: "import_3GB_rss_growth_mb", unit: "MB", sign: "<=", limit: 100},
		{name: "import_256MB_rss_growth_mb", unit: "MB", sign: "<=", limit: 100, asked: true},
		{name: "export_1000_cards_s", unit: "s"},
		{name: "backup_1GB_s", unit: "s", sign: "<=", limit: 20},
		{name: "backup_1GB_rss_growth_mb", unit: "MB", sign: "<=", limit: 50},
		{name: "backup_128MB_s", unit: "s", asked: true},
		{name: "backup_128MB_rss_growth_mb", unit: "MB", sign: "<=", limit: 50, asked: true},
		{name: "restore_1GB_s", unit: "s"},
		{name: "restore_128MB_s", unit: "s", asked: true},

		{name: "start_to_painted_1000_ms", unit: "ms", sign: "<=", limit: 1500},
		{name: "start_to_painted_1000_first_ms", unit: "ms"},
		{name: "start_to_painted_1000_logged_ms", unit: "ms"},
		{name: "rss_1000_mb", unit: "MB", sign: "<=", limit: 350},
		{name: "rss_1000_with_workers_mb", unit: "MB"},
	},
	hands(1000), hands(10000),
	withAll(inScene("board_zoomout_all_10000", 12, 0), 10000),
	inScene("board_pan_10000_lines", frameMillis, 0),
	inScene("board_pan_4000", 0, 0),
	inScene("board_drag_4000", 0, 0),
	inScene("board_pan_nothing", 0, 0),
	[]budget{{name: "growth_10000_over_1000_pan", unit: "times", sign: "<=", limit: 1.5}},
	inScene(presenceScene(1000), frameMillis, 0),
	inScene(presenceScene(10000), frameMillis, 0),
	inScene("text_keystroke_10kB", frameMillis, 0),
	inScene("text_keystroke_100kB", frameMillis, 0),
	[]budget{
		{name: "board_open_10000_ms", unit: "ms", sign: "<=", limit: 700},
		{name: "board_open_10000_first_ms", unit: "ms"},
		{name: "board_open_10000_painted_ms", unit: "ms"},
		{name: "rss_10000_mb", unit: "MB", sign: "<=", limit: 500},
		{name: "rss_10000_with_workers_mb", unit: "MB"},

		{name: "remote_storm_keystroke_ms_p99", unit: "ms", sign: "<=", limit: 16},
		{name: "remote_storm_keystroke_ms_p50", unit: "ms"},
		{name: "remote_storm_keystroke_seen_ms_p99", unit: "ms"},
		{name: "remote_storm_keystroke_ui_ms_p99", unit: "ms"},
		{name: "remote_storm_keystroke_ui_ms_p50", unit: "ms"},
		{name: "remote_storm_asked_ms", unit: "ms"},
		{name: "remote_storm_applied_ms", unit: "ms"},
		{name: "calm_keystroke_ms_p99", unit: "ms"},
		{name: "calm_keystroke_ms_p50", unit: "ms"},
		{name: "calm_keystroke_seen_ms_p99", unit: "ms"},
		{name: "calm_keystroke_ui_ms_p99", unit: "ms"},
		{name: "calm_keystroke_ui_ms_p50", unit: "ms"},

		{name: "rss_2000_photos_mb", unit: "MB", sign: "<=", limit: 600, asked: true},
		{name: "rss_2000_photos_with_workers_mb", unit: "MB"},
		{name: "photos_import_ms_p50", unit: "ms"},

		{name: "kill9_runs", unit: "runs", sign: ">=", limit: 300},
		{name: "kill9_lost", unit: "edits", sign: "<=", limit: 0},
		{name: "kill9_integrity_errors", unit: "errors", sign: "<=", limit: 0},
		{name: "kill9_reopen_max_ms", unit: "ms", sign: "<=", limit: 2000},
		{name: "kill9_acked", unit: "edits"},
	},
	peerBudgets(),
)

// hands are the measures of scenesOf on a board of n cards.
func hands(n int) (out []budget) {
	for _, what := range scenesOf {
		out = append(out, inScene(fmt.Sprintf("board_%s_%d", what, n), frameMillis, medianMillis)...)
	}
	return out
}

// withAll wants so many cards in view: else the scene is not what it says.
func withAll(scene []budget, cards int) []budget {
	last := &scene[len(scene)-1]
	last.sign, last.limit = ">=", float64(cards)
	return scene
}

// inScene are the measures of one scene; a limit of 0 is none.
func inScene(name string, p99, p50 float64) []budget {
	limited := func(what, unit string, limit float64) budget {
		b := budget{name: name + what, unit: unit}
		if limit > 0 {
			b.sign, b.limit = "<=", limit
		}
		return b
	}
	return []budget{
		limited("_ui_ms_p99", "ms", p99), limited("_ui_ms_p50", "ms", p50),
		limited("_wall_ms_p99", "ms", 0), limited("_late_frames", "frames", 0), limited("_cards_in_view", "cards", 0),
	}
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
		if !measured && (part || b.sign == "" || b.asked) {
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
		fmt.Fprintf(w, "%-40s %14s  %-8s %s\n", b.name, shown, limit, word)
	}
	return good
}

type measure struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
}

// save writes the results for programs to read.
// With add, what the file has and r lacks stays in it.
func (r results) save(path string, add bool) error {
	out := map[string]measure{}
	if b, err := os.ReadFile(path); add && err == nil {
		if err := json.Unmarshal(b, &out); err != nil {
			return fmt.Errorf("reading %s: %w", path, err)
		}
	}
	for _, b := range budgets {
		if v, ok := r[b.name]; ok {
			out[b.name] = measure{rounded(v), b.unit}
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

// rounded keeps three decimals, and two more of what is small.
func rounded(v float64) float64 {
	if math.Abs(v) < 0.1 {
		return math.Round(v*1e5) / 1e5
	}
	return math.Round(v*1e3) / 1e3
}

// quantile is the smallest value that a part q of the list does not exceed.
func quantile(list []float64, q float64) float64 {
	if len(list) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(list))
	return s[max(0, int(math.Ceil(q*float64(len(s))))-1)]
}
