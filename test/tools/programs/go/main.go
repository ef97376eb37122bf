// Makes every call of calls.json with Go's own HTTP client and the models that quicktype generates, and writes what they read to
// answers.json. models.go is quicktype's, readers.go names the functions of each schema.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
)

type call struct {
	OperationID  string            `json:"operationId"`
	Path         string            `json:"path"`
	Schema       string            `json:"schema"`
	AnswerSchema string            `json:"answerSchema"`
	Headers      map[string]string `json:"headers"`
	Prefer       string            `json:"prefer"`
	Body         json.RawMessage   `json:"body"`
}

type answer struct {
	OperationID  string          `json:"operationId"`
	Status       int             `json:"status"`
	ResponseCode string          `json:"responseCode"`
	Body         json.RawMessage `json:"body"`
}

// reader reads a body into its model, and gives the code of an answer and the model as JSON.
type reader func(body []byte) (code string, written []byte, err error)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func made(url string, given call) answer {
	_, body, err := readers[given.Schema](given.Body)
	if err != nil {
		panic(err)
	}
	request := must(http.NewRequest("POST", url+given.Path, bytes.NewReader(body)))
	for name, value := range given.Headers {
		request.Header.Set(name, value)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer any-token")
	request.Header.Set("Prefer", given.Prefer)
	response := must(http.DefaultClient.Do(request))
	defer response.Body.Close()
	code, written, err := readers[given.AnswerSchema](must(io.ReadAll(response.Body)))
	if err != nil {
		panic(err)
	}
	return answer{given.OperationID, response.StatusCode, code, written}
}

func main() {
	var given struct {
		URL   string `json:"url"`
		Calls []call `json:"calls"`
	}
	if err := json.Unmarshal(must(os.ReadFile("calls.json")), &given); err != nil {
		panic(err)
	}
	var answers []answer
	for _, one := range given.Calls {
		answers = append(answers, made(given.URL, one))
	}
	if err := os.WriteFile("answers.json", must(json.Marshal(answers)), 0o600); err != nil {
		panic(err)
	}
}
