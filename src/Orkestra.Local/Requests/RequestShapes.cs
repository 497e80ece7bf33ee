using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Local.Requests;

/// <summary>
/// What the requests of each action may hold (https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html). A member whose name ends with a star is required.
/// </summary>
internal static partial class RequestShapes
{
    const int MaxData = 262_144;

    static readonly TextShape Arn = new(1, 256);
    static readonly TextShape LongArn = new(1, 2_000);
    static readonly TextShape Name = new(1, 80);
    static readonly TextShape Definition = new(1, 1_048_576) { IsSensitive = true };
    static readonly TextShape Data = new(0, MaxData) { IsSensitive = true };
    static readonly TextShape Description = new(0, 256) { IsSensitive = true };
    static readonly TextShape Error = new(0, 256) { IsSensitive = true };
    static readonly TextShape Cause = new(0, 32_768) { IsSensitive = true };
    static readonly TextShape AnyText = new(0, int.MaxValue);
    static readonly TextShape Token = new(1, 2_048);
    static readonly TextShape NextToken = new(1, 1_024);
    static readonly TextShape Trace = new(0, 256) { Pattern = (AsciiPattern, @"\p{ASCII}*") };
    static readonly TextShape MachineType = OneOf("STANDARD", "EXPRESS");
    static readonly TextShape Included = OneOf("ALL_DATA", "METADATA_ONLY");
    static readonly NumberShape MaxResults = new(0, 1_000);
    static readonly NumberShape Count = new(0, int.MaxValue);
    static readonly FlagShape Flag = new();
    static readonly ListShape Tags = new(Structure("Tag", ("key", new TextShape(1, 128)), ("value", new TextShape(0, 256))));

    static readonly StructureShape Encryption = Structure(
        "EncryptionConfiguration", ("kmsKeyId", new TextShape(1, 2_048)), ("kmsDataKeyReusePeriodSeconds", new NumberShape(60, 900)), ("type*", OneOf("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY")));

    static readonly StructureShape Logging = Structure(
        "LoggingConfiguration", ("level", OneOf("ALL", "ERROR", "FATAL", "OFF")), ("includeExecutionData", Flag),
        ("destinations", new ListShape(Structure("LogDestination", ("cloudWatchLogsLogGroup", Structure("CloudWatchLogsLogGroup", ("logGroupArn", Arn)))))));

    static readonly StructureShape Tracing = Structure("TracingConfiguration", ("enabled", Flag));

    static readonly ListShape Routing = new(Structure("RoutingConfigurationListItem", ("stateMachineVersionArn*", Arn), ("weight*", new NumberShape(0, 100))), 1, 2);

    static readonly StructureShape Mock = Structure(
        "MockInput", ("result", Data), ("errorOutput", Structure("MockErrorOutput", ("error", Error), ("cause", Cause))), ("fieldValidationMode", OneOf("STRICT", "PRESENT", "NONE")));

    static readonly StructureShape TestConfiguration = Structure(
        "TestStateConfiguration", ("retrierRetryCount", Count), ("errorCausedByState", Name with { IsSensitive = true }), ("mapIterationFailureCount", Count), ("mapItemReaderData", Data));

    static readonly FrozenDictionary<string, StructureShape> Shapes = new Dictionary<string, StructureShape>(StringComparer.Ordinal)
    {
        ["CreateActivity"] = Of(("name*", Name), ("tags", Tags), ("encryptionConfiguration", Encryption)),
        ["CreateStateMachine"] = Of(
            ("name*", Name), ("definition*", Definition), ("roleArn*", Arn), ("type", MachineType), ("loggingConfiguration", Logging), ("tags", Tags), ("tracingConfiguration", Tracing),
            ("publish", Flag), ("versionDescription", Description), ("encryptionConfiguration", Encryption)),
        ["CreateStateMachineAlias"] = Of(("description", Description), ("name*", Name with { Pattern = (AliasPattern, @"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$") }), ("routingConfiguration*", Routing)),
        ["DeleteActivity"] = Of(("activityArn*", Arn)),
        ["DeleteStateMachine"] = Of(("stateMachineArn*", Arn)),
        ["DeleteStateMachineAlias"] = Of(("stateMachineAliasArn*", Arn)),
        ["DeleteStateMachineVersion"] = Of(("stateMachineVersionArn*", LongArn)),
        ["DescribeActivity"] = Of(("activityArn*", Arn)),
        ["DescribeExecution"] = Of(("executionArn*", Arn), ("includedData", Included)),
        ["DescribeMapRun"] = Of(("mapRunArn*", LongArn)),
        ["DescribeStateMachine"] = Of(("stateMachineArn*", Arn), ("includedData", Included)),
        ["DescribeStateMachineAlias"] = Of(("stateMachineAliasArn*", Arn)),
        ["DescribeStateMachineForExecution"] = Of(("executionArn*", Arn), ("includedData", Included)),
        ["GetActivityTask"] = Of(("activityArn*", Arn), ("workerName", Name)),
        ["GetExecutionHistory"] = Of(("executionArn*", Arn), ("maxResults", MaxResults), ("reverseOrder", Flag), ("nextToken", NextToken), ("includeExecutionData", Flag)),
        ["ListActivities"] = Of(("maxResults", MaxResults), ("nextToken", NextToken)),
        ["ListExecutions"] = Of(
            ("stateMachineArn", Arn), ("statusFilter", OneOf("SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING")), ("maxResults", MaxResults),
            ("nextToken", new TextShape(1, 3_096)), ("mapRunArn", LongArn), ("redriveFilter", OneOf("REDRIVEN", "NOT_REDRIVEN"))),
        ["ListMapRuns"] = Of(("executionArn*", Arn), ("maxResults", MaxResults), ("nextToken", NextToken)),
        ["ListStateMachineAliases"] = Of(("stateMachineArn*", Arn), ("nextToken", NextToken), ("maxResults", MaxResults)),
        ["ListStateMachineVersions"] = Of(("stateMachineArn*", Arn), ("nextToken", NextToken), ("maxResults", MaxResults)),
        ["ListStateMachines"] = Of(("maxResults", MaxResults), ("nextToken", NextToken)),
        ["ListTagsForResource"] = Of(("resourceArn*", Arn)),
        ["PublishStateMachineVersion"] = Of(("stateMachineArn*", Arn), ("revisionId", AnyText), ("description", Description)),
        ["RedriveExecution"] = Of(("executionArn*", Arn), ("clientToken", new TextShape(1, 64) { Pattern = (VisiblePattern, "[!-~]+") })),
        ["SendTaskFailure"] = Of(("taskToken*", Token), ("error", Error), ("cause", Cause)),
        ["SendTaskHeartbeat"] = Of(("taskToken*", Token)),
        ["SendTaskSuccess"] = Of(("taskToken*", Token), ("output*", Data)),
        ["StartExecution"] = Of(("stateMachineArn*", Arn), ("name", Name), ("input", Data), ("traceHeader", Trace)),
        ["StartSyncExecution"] = Of(("stateMachineArn*", Arn), ("name", Name), ("input", Data), ("traceHeader", Trace), ("includedData", Included)),
        ["StopExecution"] = Of(("executionArn*", Arn), ("error", Error), ("cause", Cause)),
        ["TagResource"] = Of(("resourceArn*", Arn), ("tags*", Tags)),
        ["TestState"] = Of(
            ("definition*", Definition), ("roleArn", Arn), ("input", Data), ("inspectionLevel", OneOf("INFO", "DEBUG", "TRACE")), ("revealSecrets", Flag), ("variables", Data),
            ("stateName", Name with { IsSensitive = true }), ("mock", Mock), ("context", Data), ("stateConfiguration", TestConfiguration)),
        ["UntagResource"] = Of(("resourceArn*", Arn), ("tagKeys*", new ListShape(new TextShape(1, 128)))),
        ["UpdateMapRun"] = Of(
            ("mapRunArn*", LongArn), ("maxConcurrency", Count), ("toleratedFailurePercentage", new NumberShape(0, 100, "a Float")), ("toleratedFailureCount", new NumberShape(0, long.MaxValue, "a Long"))),
        ["UpdateStateMachine"] = Of(
            ("stateMachineArn*", Arn), ("definition", Definition), ("roleArn", Arn), ("loggingConfiguration", Logging), ("tracingConfiguration", Tracing), ("publish", Flag),
            ("versionDescription", Description), ("encryptionConfiguration", Encryption)),
        ["UpdateStateMachineAlias"] = Of(("stateMachineAliasArn*", Arn), ("description", Description), ("routingConfiguration", Routing)),
        ["ValidateStateMachineDefinition"] = Of(("definition*", Definition), ("type", MachineType), ("severity", OneOf("ERROR", "WARNING")), ("maxResults", new NumberShape(0, 100))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of all actions.</summary>
    internal static IReadOnlyCollection<string> Actions => Shapes.Keys;

    /// <summary>Checks a request.</summary>
    /// <param name="action">An action there is.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="ServiceException"><c>SerializationException</c> for a value of the wrong type, <c>ValidationException</c> for broken constraints.</exception>
    internal static void Check(string action, JsonObject request)
    {
        var shape = Shapes[action];
        shape.CheckType(request);
        var problems = new ConstraintProblems();
        shape.Check(request, "", problems);
        problems.ThrowIfAny();
    }

    static StructureShape Of(params ReadOnlySpan<(string Name, MemberShape Shape)> members) => Structure("", members);

    static StructureShape Structure(string name, params ReadOnlySpan<(string Name, MemberShape Shape)> members)
    {
        var rules = new MemberRule[members.Length];
        for (var i = 0; i < rules.Length; i++)
        {
            var (member, shape) = members[i];
            rules[i] = new MemberRule(member.TrimEnd('*'), shape, member.EndsWith('*'));
        }

        return new StructureShape(name, rules);
    }

    static TextShape OneOf(params string[] values) => new(0, int.MaxValue) { Values = values };

    [GeneratedRegex(@"^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+\z")]
    private static partial Regex AliasPattern { get; }

    [GeneratedRegex(@"^[!-~]+\z")]
    private static partial Regex VisiblePattern { get; }

    [GeneratedRegex(@"^[\x00-\x7F]*\z")]
    private static partial Regex AsciiPattern { get; }
}
