using Orkestra.Asl.Integrations;

namespace Orkestra.Authoring.Compilation;

/// <summary>An action of a service as an author names it, checked against the catalog of integrations.</summary>
internal sealed class ServiceAction
{
    const string Prefix = "arn:aws:states:::";
    const string Sdk = "aws-sdk";
    const string DescribeExecution = "describeExecution";

    ServiceAction(string name, string call, ServiceIntegration? service, IReadOnlyList<string> required, string? answer)
    {
        Name = name;
        Required = required;
        Request = service?.RequestOf(call);
        AnswerFields = answer is null ? null : service?.AnswerFields(answer);
    }

    /// <summary>The action with its pattern, such as <c>ecs:runTask.sync</c>.</summary>
    public string Name { get; }

    public string Resource => Prefix + Name;

    /// <summary>The parameters that must be given.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>What is known about the parameters; null when it is nothing.</summary>
    public Shape? Request { get; }

    /// <summary>The members of the answer; null when they are not known.</summary>
    public IReadOnlyList<string>? AnswerFields { get; }

    /// <summary>Takes an action apart.</summary>
    /// <param name="text">Such as <c>dynamodb:putItem</c> or <c>aws-sdk:s3:getObject</c>, or the whole ARN, with which a service may be newer than the catalog.</param>
    /// <exception cref="WorkflowException">There is no such action.</exception>
    public static ServiceAction Parse(string text)
    {
        var isArn = text.StartsWith(Prefix, StringComparison.Ordinal);
        var name = isArn ? text[Prefix.Length..] : text;
        var parts = name.Split(':', 2);
        if (parts.Length < 2 || parts[0].Length == 0 || parts[1].Length == 0)
            throw new WorkflowException($"'{text}' is not an action of a service: write it as \"service:action\", such as \"dynamodb:putItem\", or as \"aws-sdk:service:action\".");
        return parts[0] == Sdk ? OfSdk(name, parts[1]) : OfOptimized(name, parts[0], parts[1], isArn);
    }

    static ServiceAction OfOptimized(string name, string service, string call, bool isArn)
    {
        var action = ServiceIntegration.Parse(call).Name;
        if (IntegrationCatalog.FindOptimized(service) is not { } known)
        {
            if (isArn) return new(name, call, null, [], null);
            if (IntegrationCatalog.All.FirstOrDefault(other => other.Name?.Equals(service, StringComparison.OrdinalIgnoreCase) == true) is { Name: { } similar })
                throw new WorkflowException($"There is no service '{service}'. Did you mean '{similar}:{call}'?");
            throw new WorkflowException(
                $"There is no optimized integration of a service '{service}'; there are those of {string.Join(", ", IntegrationCatalog.All.Select(other => other.Name).OfType<string>().Order(StringComparer.Ordinal))}. "
                + $"Every action of the AWS SDK can be called as \"aws-sdk:{service}:{action}\". For a service that is newer than this version, write the whole ARN.");
        }

        if (known.Find(call) is { } found) return new(name, call, known, found.Required, AnswerOf(service, action, call));
        if (!known.Actions.TryGetValue(action, out var without))
            throw new WorkflowException($"The optimized integration of '{service}' has no action '{action}'; it has {string.Join(", ", known.Actions.Keys.Order(StringComparer.Ordinal))}. Other actions of the service can be called as \"aws-sdk:{known.SdkName ?? service}:…\".");
        throw new WorkflowException($"{service}:{action} has no pattern '{call[action.Length..]}'; it has {string.Join(", ", Patterns(without.Patterns))}.");
    }

    static ServiceAction OfSdk(string name, string rest)
    {
        var parts = rest.Split(':', 2);
        if (parts.Length < 2 || parts[1].Length == 0) throw new WorkflowException($"'{name}' is not an action of a service: write it as \"aws-sdk:service:action\", such as \"aws-sdk:s3:getObject\".");
        var (service, call) = (parts[0], parts[1]);
        var (action, pattern) = ServiceIntegration.Parse(call);
        if (pattern is not (IntegrationPatterns.RequestResponse or IntegrationPatterns.WaitForTaskToken))
            throw new WorkflowException($"'{name}' asks for a pattern that SDK integrations don't have: they answer at once, or wait for a task token. Only optimized integrations wait for jobs.");
        if (!char.IsAsciiLetterLower(action[0]))
            throw new WorkflowException($"'{name}' names the action '{action}'; in Step Functions actions begin with a small letter. Write '{char.ToLowerInvariant(action[0])}{action[1..]}'.");
        var known = IntegrationCatalog.FindSdk(service);
        if (known?.MayHaveSdkAction(action) == false) throw new WorkflowException($"Step Functions cannot call {service}:{action} through the AWS SDK.");
        return new(name, call, known, [], pattern == IntegrationPatterns.WaitForTaskToken ? null : action);
    }

    // What a job answers is not described, except for an execution.
    static string? AnswerOf(string service, string action, string call) =>
        call == action ? action : call.StartsWith($"{action}.sync", StringComparison.Ordinal) && service == "states" ? DescribeExecution : null;

    static IEnumerable<string> Patterns(IntegrationPatterns patterns)
    {
        yield return "request and response";
        if (patterns.HasFlag(IntegrationPatterns.Sync)) yield return ".sync";
        if (patterns.HasFlag(IntegrationPatterns.Sync2)) yield return ".sync:2";
        if (patterns.HasFlag(IntegrationPatterns.WaitForTaskToken)) yield return ".waitForTaskToken";
    }
}
