using Orkestra.Asl;
using Orkestra.Engine;

namespace Orkestra.Sqlite.KillProgram;

/// <summary>The state machines of the load, by kind. What each does does not depend on which of its tasks answers first, so that two runs have the same history.</summary>
public static class Machines
{
    static readonly string[] Kinds = ["chain", "slow", "inline", "distributed", "wait", "retry", "callback", "nested", "redrive"];

    public static IReadOnlyList<string> All => Kinds;

    public static ExecutionPlan PlanOf(string kind) => ExecutionPlan.Compile(AslReader.Parse(DefinitionOf(kind)));

    static string DefinitionOf(string kind) => kind switch
    {
        "chain" => Machine(Chain("step", 10)),
        "slow" => Machine(Chain("slow", 4)),
        "inline" => Machine(
            $$"""
            "Each": { "Type": "Map", "Items": "{% [1..6] %}", "End": true, "ItemProcessor": { "ProcessorConfig": { "Mode": "INLINE" }, {{Inner(Chain("step", 2))}} } }
            """),
        "distributed" => Machine(
            $$"""
            "Before": {{Task("step", "Each")}},
            "Each": { "Type": "Map", "Label": "Each", "Items": "{% [1..5] %}", "MaxConcurrency": 3, "Next": "After",
              "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }, {{Inner(Chain("step", 2))}} } },
            "After": {{Task("step", null)}}
            """),
        "wait" => Machine($$"""
            "Before": {{Task("step", "Pause")}}, "Pause": { "Type": "Wait", "Seconds": 1, "Next": "After" }, "After": {{Task("step", null)}}
            """),
        "retry" => Machine(
            $$"""
            "Try": {{Task("flaky", "After", """, "Retry": [{ "ErrorEquals": ["Flaky"], "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 1.0, "JitterStrategy": "FULL" }]""")}},
            "After": {{Task("step", null)}}
            """),
        "callback" => Machine(
            $$$"""
            "Ask": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Next": "After",
              "Arguments": { "FunctionName": "ask", "Payload": { "token": "{% $states.context.Task.Token %}" } } },
            "After": {{{Task("step", null)}}}
            """),
        "nested" => Machine(
            $$$"""
            "Call": { "Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "Next": "After",
              "Arguments": { "StateMachineArn": "arn:aws:states:us-east-1:000000000000:stateMachine:chain", "Input": { "from": "{% $states.context.Execution.Name %}" } },
              "Output": "{% $states.result.Output %}" },
            "After": {{{Task("step", null)}}}
            """),
        "redrive" => Machine(
            $$$"""
            "Before": {{{Task("step", "Fail")}}},
            "Fail": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "After", "Output": "{% $states.input %}",
              "Arguments": { "FunctionName": "failsOnce", "Payload": { "redrives": "{% $states.context.Execution.RedriveCount %}" } } },
            "After": {{{Task("step", null)}}}
            """),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    static string Machine(string states) => $$"""{ "QueryLanguage": "JSONata", {{Inner(states)}} }""";

    static string Inner(string states) => $$"""
        "StartAt": "{{states.Split('"')[1]}}", "States": { {{states}} }
        """;

    static string Chain(string function, int length) =>
        string.Join(", ", Enumerable.Range(0, length).Select(i => $$""" "S{{i}}": {{Task(function, i + 1 < length ? $"S{i + 1}" : null)}}"""));

    static string Task(string function, string? next, string more = "") =>
        $$$"""
        { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": { "FunctionName": "{{{function}}}", "Payload": "{% $states.input %}" },
          "Output": "{% $states.input %}", {{{(next is null ? "\"End\": true" : $"\"Next\": \"{next}\"")}}}{{{more}}} }
        """;
}
