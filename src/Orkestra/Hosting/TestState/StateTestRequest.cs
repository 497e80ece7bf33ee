using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>What <see cref="StateTester"/> is to test (https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html).</summary>
public sealed record StateTestRequest
{
    /// <summary>The text of one state; or of a whole state machine, when <see cref="StateName"/> names the state in it.</summary>
    public required string Definition { get; init; }

    /// <summary>The name of the state in the state machine, at any depth; null when the definition is one state.</summary>
    public string? StateName { get; init; }

    /// <summary>The state's input; <c>{}</c> when null.</summary>
    public JsonValue? Input { get; init; }

    /// <summary>How much to tell; <see cref="InspectionLevel.Info"/> by default.</summary>
    public InspectionLevel InspectionLevel { get; init; }

    /// <summary>The workflow variables the state sees; none when null.</summary>
    public JsonObject? Variables { get; init; }

    /// <summary>The Context Object; made up when null.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>What the state's work gives; null to do the work.</summary>
    public StateMock? Mock { get; init; }

    /// <summary>What went before; null for nothing. Only together with <see cref="Mock"/>.</summary>
    public StateTestConfiguration? StateConfiguration { get; init; }

    /// <summary>The role the state runs as. A Task that is not mocked needs one; here it only appears in the Context Object.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether secrets of an HTTP task may be told; false by default. Not together with <see cref="Mock"/>.</summary>
    public bool RevealSecrets { get; init; }
}
