using System.Text.RegularExpressions;
using Orkestra.Asl;
using Orkestra.Asl.Integrations;
using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>What the resource of a Task is held to, and what must go with it.</summary>
internal static partial class Resources
{
    internal static void Check(FieldContext field)
    {
        if (field.Value.Text is not { } text)
        {
            field.Expected("STRING");
            return;
        }

        if (!Arn().IsMatch(text) || (text.Contains(":function:", StringComparison.Ordinal) && !Function().IsMatch(text)))
        {
            field.Schema("Value is not a valid resource ARN");
            return;
        }

        if (Integration().Match(text) is { Success: true } match && !IsKnown(match.Groups["service"].Value, match.Groups["action"].Value))
        {
            field.Schema(
                $"The resource provided {text} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.");
            return;
        }

        if (field.Checker.Options.Type == StateMachineType.Express) Express(field, text);
    }

    /// <summary>Checks what depends on several fields of a Task.</summary>
    internal static void Together(Checker checker, SourceNode state, string location)
    {
        if (state.Find("Resource")?.Text is { } resource)
        {
            if (IsActivity(resource) && state.Find("Credentials") is { } credentials)
                checker.Schema("The field 'Credentials' is not supported for activities", $"{location}/Credentials", credentials);
            if (Integration().Match(resource) is { Success: true } match)
            {
                Parameters(checker, state, location, match);
                if (match.Groups["service"].Value == "lambda") Payload(checker, state, location);
            }
        }

        if (state.Find("TimeoutSeconds")?.Value is JsonNumber timeout && state.Find("HeartbeatSeconds") is { Value: JsonNumber heartbeat } node
            && heartbeat.Value >= timeout.Value)
            checker.Schema("The field 'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", $"{location}/HeartbeatSeconds", node);
    }

    /// <summary>Whether a resource is a certain integration, in any partition.</summary>
    internal static bool IsIntegration(string resource, string action) =>
        Integration().Match(resource) is { Success: true } match && $"{match.Groups["service"].Value}:{match.Groups["action"].Value}" == action;

    // A service that is not in the catalog may have been added since. SDK integrations name any action of any service, with few exceptions.
    static bool IsKnown(string service, string action)
    {
        if (service != "aws-sdk") return IntegrationCatalog.FindOptimized(service) is not { } optimized || optimized.Find(action) is not null;
        // Actions begin with a small letter (https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html).
        return action.Split(':', 2) is [var name, [not (>= 'A' and <= 'Z'), ..] call] && ServiceIntegration.Parse(call).Pattern is IntegrationPatterns.RequestResponse or IntegrationPatterns.WaitForTaskToken
            && (IntegrationCatalog.FindSdk(name)?.MayHaveSdkAction(call) ?? true);
    }

    static void Express(FieldContext field, string text)
    {
        if (IsActivity(text))
            field.Schema("Express state machine does not support Activity ARN");
        else if (text.EndsWith(".waitForTaskToken", StringComparison.Ordinal))
            // Two spaces before "at": the service's own.
            field.Schema("Express state machine does not support '.waitForTaskToken' service integration ");
        else if (Job().IsMatch(text))
            field.Schema("Express state machine does not support '.sync' service integration");
    }

    static void Parameters(Checker checker, SourceNode state, string location, Match integration)
    {
        var (service, action) = (integration.Groups["service"].Value, integration.Groups["action"].Value);
        IReadOnlyList<string> required = [];
        Shape? known = null;
        if (service != "aws-sdk")
        {
            var optimized = IntegrationCatalog.FindOptimized(service);
            required = optimized?.Find(action)?.Required ?? [];
            known = optimized?.RequestOf(action);
        }
        else if (action.Split(':', 2) is [var sdk, var call])
        {
            known = IntegrationCatalog.FindSdk(sdk)?.RequestOf(call);
        }

        foreach (var name in (string[])["Parameters", "Arguments"])
        {
            if (state.Find(name) is not { Kind: JsonKind.Object } parameters) continue;
            foreach (var field in required)
            {
                if (parameters.Find(field) is null && parameters.Find($"{field}.$") is null)
                    checker.Schema($"The field '{field}' is required but was missing", $"{location}/{name}", parameters);
            }

            if (known is null) continue;
            foreach (var member in parameters.Members)
            {
                var field = name == "Parameters" && member.Name.EndsWith(".$", StringComparison.Ordinal) ? member.Name[..^2] : member.Name;
                if (!known.Fields.Keys.Contains(field, StringComparer.Ordinal)) checker.Schema($"The field \"{field}\" is not supported by Step Functions", $"{location}/{name}", member.Value);
            }
        }
    }

    // What a function is given is an object, an array, a text or null; another literal is refused, an expression is not.
    static void Payload(Checker checker, SourceNode state, string location)
    {
        foreach (var name in (string[])["Parameters", "Arguments"])
        {
            if (state.Find(name)?.Find("Payload") is { Kind: JsonKind.Number or JsonKind.Boolean } payload)
                checker.Schema("Expected value of type [STRING, OBJECT, ARRAY, NULL]", $"{location}/{name}/Payload", payload);
        }
    }

    static bool IsActivity(string resource) => Activity().IsMatch(resource);

    [GeneratedRegex(@"^arn:[^:]*:[^:]*:[^:]*:[^:]*:.", RegexOptions.CultureInvariant)]
    private static partial Regex Arn();

    [GeneratedRegex(@":function:[^:$*#]+(:(\$LATEST|[^:$*#]+))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Function();

    [GeneratedRegex(@"^arn:[^:]+:states:[^:]+:[^:]+:activity:", RegexOptions.CultureInvariant)]
    private static partial Regex Activity();

    [GeneratedRegex(@"^arn:[^:]+:states:[^:]*::(?<service>[^:]+):(?<action>.+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Integration();

    [GeneratedRegex(@"\.sync(:2)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Job();
}
