using System.Globalization;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing.Mocking;

/// <summary>
/// Answers for tasks, attempt by attempt, in the format of Step Functions Local
/// (https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html).
/// </summary>
public sealed class MockConfiguration
{
    readonly Dictionary<string, Dictionary<string, Dictionary<string, MockedResponse>>> machines = new(StringComparer.Ordinal);

    MockConfiguration()
    {
    }

    /// <summary>Reads a configuration.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="FormatException">The text is not JSON, or not a mock configuration; the message names the place.</exception>
    public static MockConfiguration Parse(string json) => Read(JsonValue.Parse(json));

    /// <summary>Reads a configuration from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The text is not JSON, or not a mock configuration; the message names the place.</exception>
    public static MockConfiguration Load(string path) => Parse(File.ReadAllText(path));

    /// <summary>Reads a configuration.</summary>
    /// <param name="json">The configuration.</param>
    /// <exception cref="FormatException">It is not a mock configuration; the message names the place.</exception>
    public static MockConfiguration Read(JsonValue json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var responses = new Dictionary<string, MockedResponse>(StringComparer.Ordinal);
        foreach (var (name, value) in Members(json["MockedResponses"] ?? JsonObject.Empty, "MockedResponses")) responses.Add(name, Response(name, value));
        var configuration = new MockConfiguration();
        foreach (var (machine, value) in Members(json["StateMachines"] ?? JsonObject.Empty, "StateMachines"))
        {
            var cases = new Dictionary<string, Dictionary<string, MockedResponse>>(StringComparer.Ordinal);
            foreach (var (name, states) in Members(value["TestCases"] ?? JsonObject.Empty, $"StateMachines/{machine}/TestCases"))
                cases.Add(name, States(responses, states, $"StateMachines/{machine}/TestCases/{name}"));
            configuration.machines.Add(machine, cases);
        }

        return configuration;
    }

    /// <summary>The names of the state machines it has test cases for.</summary>
    public IReadOnlyCollection<string> StateMachines => machines.Keys;

    /// <summary>An invoker that answers the states a test case names; anything else is left to another invoker.</summary>
    /// <param name="stateMachine">The state machine's name.</param>
    /// <param name="testCase">The test case's name.</param>
    /// <param name="others">Answers the states the test case does not name; null when there is none.</param>
    /// <exception cref="ArgumentException">There is no such state machine or test case.</exception>
    /// <remarks>The invoker counts attempts, so use a new one for each execution.</remarks>
    public ITaskInvoker CreateInvoker(string stateMachine, string testCase, ITaskInvoker? others = null)
    {
        ArgumentNullException.ThrowIfNull(stateMachine);
        ArgumentNullException.ThrowIfNull(testCase);
        if (!machines.TryGetValue(stateMachine, out var cases))
            throw new ArgumentException($"The mock configuration has no state machine '{stateMachine}'; it has {Names(machines.Keys)}.", nameof(stateMachine));
        if (!cases.TryGetValue(testCase, out var states))
            throw new ArgumentException($"The state machine '{stateMachine}' of the mock configuration has no test case '{testCase}'; it has {Names(cases.Keys)}.", nameof(testCase));
        return new MockInvoker(states, others);
    }

    static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'")) is { Length: > 0 } list ? list : "none";

    static Dictionary<string, MockedResponse> States(Dictionary<string, MockedResponse> responses, JsonValue states, string where)
    {
        var byState = new Dictionary<string, MockedResponse>(StringComparer.Ordinal);
        foreach (var (state, name) in Members(states, where))
        {
            if (name is not JsonString text) throw new FormatException($"{where}/{state} must be the name of a mocked response.");
            byState.Add(state, responses.TryGetValue(text.Value, out var response) ? response
                : throw new FormatException($"{where}/{state} names the mocked response '{text.Value}', which is not in MockedResponses."));
        }

        return byState;
    }

    static MockedResponse Response(string name, JsonValue value)
    {
        var attempts = new List<MockedAttempt>();
        foreach (var (range, answer) in Members(value, $"MockedResponses/{name}"))
        {
            var where = $"MockedResponses/{name}/{range}";
            var dash = range.IndexOf('-', StringComparison.Ordinal);
            if (!int.TryParse(dash < 0 ? range : range.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(range.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last < first)
            {
                throw new FormatException($"{where} must be a number of an attempt such as 0, or a range such as 1-3.");
            }

            attempts.Add((answer["Return"], answer["Throw"]) switch
            {
                ({ } result, null) => new MockedAttempt(first, last, result, null, null),
                (null, JsonObject failure) => new MockedAttempt(first, last, null, Text(failure, "Error", where), Text(failure, "Cause", where)),
                _ => throw new FormatException($"{where} must have either Return or Throw."),
            });
        }

        return new MockedResponse(name, attempts);
    }

    static string? Text(JsonObject failure, string name, string where) => ((JsonValue)failure)[name] switch
    {
        null => null,
        JsonString text => text.Value,
        _ => throw new FormatException($"{where}/Throw/{name} must be a text."),
    };

    static JsonObject Members(JsonValue value, string where) => value as JsonObject ?? throw new FormatException($"{where} must be an object.");
}
