// Runs a script in Goja, the engine in which Nakama hosts modules, and calls one of its functions once for each input.
//
// Standard input: {"script": "…", "function": an expression such as "assignment.assign", "inputs": [[argument, …], …]}.
// Standard output: the results as JSON, in their order.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/dop251/goja"
)

type question struct {
	Script   string            `json:"script"`
	Function string            `json:"function"`
	Inputs   []json.RawMessage `json:"inputs"`
}

func answer(asked question) (string, error) {
	// as Nakama does: strict, as a script, with JSON and nothing of a browser or of Node
	program, err := goja.Compile("index.js", asked.Script, true)
	if err != nil {
		return "", err
	}
	vm := goja.New()
	if _, err := vm.RunProgram(program); err != nil {
		return "", err
	}
	inputs, err := json.Marshal(asked.Inputs)
	if err != nil {
		return "", err
	}
	if err := vm.Set("inputs", string(inputs)); err != nil {
		return "", err
	}
	results, err := vm.RunString(fmt.Sprintf(
		`JSON.stringify(JSON.parse(inputs).map(function (input) { return (%s).apply(null, input); }))`, asked.Function))
	if err != nil {
		return "", err
	}
	return results.String(), nil
}

func main() {
	var asked question
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fmt.Fprintln(os.Stderr, "the question is no JSON:", err)
		os.Exit(2)
	}
	results, err := answer(asked)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(results)
}
