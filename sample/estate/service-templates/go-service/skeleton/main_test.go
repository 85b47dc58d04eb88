package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestGreets(t *testing.T) {
	for path, want := range map[string]string{"/": "Hello from ${{ values.name }}", "/healthz": "ok"} {
		recorder := httptest.NewRecorder()
		newHandler().ServeHTTP(recorder, httptest.NewRequest("GET", path, nil))
		if recorder.Code != 200 || !strings.Contains(recorder.Body.String(), want) {
			t.Errorf("%s: %d %s", path, recorder.Code, recorder.Body)
		}
	}
}
