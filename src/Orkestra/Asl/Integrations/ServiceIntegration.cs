namespace Orkestra.Asl.Integrations;

/// <summary>
/// What is known about a service that Tasks call (https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html), read from one text file a service.
/// A line <c>service NAME</c> gives the name of an optimized integration, <c>sdk NAME</c> the one in SDK integrations.
/// <c>action NAME [sync] [sync:2] [token] [needs FIELD…]</c> is an action of the optimized integration with the patterns it has beside request and response,
/// <c>takes NAME FIELD…</c> are all members of an action's request, <c>without NAME</c> an action of the API that SDK integrations do not have. <c>answer NAME FIELD…</c> are the members of what an action
/// answers, and <c>.STRUCTURE FIELD…</c> those of a part of either; <see cref="ServiceShapes"/> has the forms of fields.
/// </summary>
internal sealed class ServiceIntegration
{
    const string Sync = ".sync";
    const string Sync2 = ".sync:2";
    const string Token = ".waitForTaskToken";

    readonly Dictionary<string, IntegrationAction> actions = new(StringComparer.Ordinal);
    readonly Lazy<ServiceShapes> shapes;
    readonly HashSet<string> missing = new(StringComparer.Ordinal);

    /// <summary>Reads a service's file.</summary>
    /// <param name="reader">The file.</param>
    /// <exception cref="FormatException">A line is not one of these; its text is in the message.</exception>
    internal ServiceIntegration(TextReader reader)
    {
        var (requests, answers, parts) = (new List<string>(), new List<string>(), new List<string>());
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            switch (line.Split(' '))
            {
                case ["service", var name]:
                    Name = name;
                    break;
                case ["sdk", var name]:
                    SdkName = name;
                    break;
                case ["action", var name, .. var facts]:
                    actions.Add(name, ActionOf(facts, line));
                    break;
                case ["takes", ..]:
                    requests.Add(line["takes ".Length..]);
                    break;
                case ["answer", ..]:
                    answers.Add(line["answer ".Length..]);
                    break;
                case [['.', ..], ..]:
                    parts.Add(line);
                    break;
                case ["without", var name]:
                    missing.Add(name);
                    break;
                default:
                    throw Unknown(line);
            }
        }

        shapes = new(() => new(requests, answers, parts));
    }

    /// <summary>The name of the optimized integration, as in <c>arn:aws:states:::NAME:action</c>; null when there is none.</summary>
    internal string? Name { get; }

    /// <summary>The name in SDK integrations, as in <c>arn:aws:states:::aws-sdk:NAME:action</c>; null when nothing is known about them.</summary>
    internal string? SdkName { get; }

    /// <summary>The actions of the optimized integration.</summary>
    internal IReadOnlyDictionary<string, IntegrationAction> Actions => actions;

    /// <summary>What actions answer, by their names without regard to case.</summary>
    internal IReadOnlyDictionary<string, Shape> Answers => shapes.Value.Answers;

    /// <summary>The action of the optimized integration that a resource names, if it has the pattern that the resource asks for.</summary>
    /// <param name="action">The action with its pattern, such as <c>runTask.sync</c>.</param>
    internal IntegrationAction? Find(string action)
    {
        var (name, pattern) = Parse(action);
        return actions.TryGetValue(name, out var found) && pattern is { } known && found.Patterns.HasFlag(known) ? found : null;
    }

    /// <summary>Whether SDK integrations may have an action. Only exceptions are known.</summary>
    /// <param name="action">The action with its pattern.</param>
    internal bool MayHaveSdkAction(string action) => !missing.Contains(Parse(action).Name);

    /// <summary>An action's request; null when it is not known.</summary>
    /// <param name="action">The action with its pattern.</param>
    internal Shape? RequestOf(string action) => shapes.Value.Requests.GetValueOrDefault(Parse(action).Name);

    /// <summary>The members of what an action answers; null when they are not known.</summary>
    /// <param name="action">The action without its pattern.</param>
    internal IReadOnlyList<string>? AnswerFields(string action) =>
        // What an optimized integration answers has the metadata of the HTTP call beside it.
        Answers.GetValueOrDefault(action) is { } answer ? [.. answer.Fields.Keys, "SdkHttpMetadata", "SdkResponseMetadata"] : null;

    /// <summary>Takes an action and its pattern apart; the pattern is null when there is no such pattern.</summary>
    internal static (string Name, IntegrationPatterns? Pattern) Parse(string action)
    {
        var dot = action.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (action, IntegrationPatterns.RequestResponse) : (action[..dot], action[dot..] switch
        {
            Sync => IntegrationPatterns.Sync,
            Sync2 => IntegrationPatterns.Sync2,
            Token => IntegrationPatterns.WaitForTaskToken,
            _ => null,
        });
    }

    static IntegrationAction ActionOf(string[] facts, string line)
    {
        var needs = Array.IndexOf(facts, "needs");
        var patterns = IntegrationPatterns.RequestResponse;
        foreach (var fact in facts.AsSpan(0, needs < 0 ? facts.Length : needs))
        {
            patterns |= fact switch
            {
                "sync" => IntegrationPatterns.Sync,
                "sync:2" => IntegrationPatterns.Sync2,
                "token" => IntegrationPatterns.WaitForTaskToken,
                _ => throw Unknown(line),
            };
        }

        return new IntegrationAction(patterns, needs < 0 ? [] : facts[(needs + 1)..]);
    }

    static FormatException Unknown(string line) => new($"'{line}' is not a line of a service's file.");
}

/// <summary>An action of an optimized integration.</summary>
/// <param name="Patterns">The patterns it has.</param>
/// <param name="Required">The parameters that must be given.</param>
internal sealed record IntegrationAction(IntegrationPatterns Patterns, IReadOnlyList<string> Required);

/// <summary>How a Task waits for a service (https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html).</summary>
[Flags]
internal enum IntegrationPatterns
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The answer to the request is the result.</summary>
    RequestResponse = 1,

    /// <summary><c>.sync</c>: the end of the job is the result, in the older form where there are two.</summary>
    Sync = 2,

    /// <summary><c>.sync:2</c>: the end of the job is the result, its output as JSON.</summary>
    Sync2 = 4,

    /// <summary><c>.waitForTaskToken</c>: what is sent back with the Task's token is the result.</summary>
    WaitForTaskToken = 8,
}
