using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Costs;

/// <summary>
/// What runs of a state machine cost at AWS, as far as the definition says it: transitions and Lambda calls of each path through it. Retries, and paths through a Catch, come on top.
/// </summary>
public sealed record StateMachineCost
{
    /// <summary>The largest definition that the service takes, in bytes.</summary>
    public const int LargestDefinition = 1024 * 1024;

    /// <summary>The paths from the first state to an end, the longest first; no more than <see cref="CostOptions.MaxPaths"/>.</summary>
    public IReadOnlyList<PathCost> Paths { get; private init; } = [];

    /// <summary>Whether there are more paths than <see cref="Paths"/> has.</summary>
    public bool HasMorePaths { get; private init; }

    /// <summary>The size of the definition in bytes.</summary>
    public int DefinitionBytes { get; private init; }

    /// <summary>Why it cannot be an Express state machine, as a clause; null when it can.</summary>
    public string? NotExpress { get; private init; }

    /// <summary>What was assumed.</summary>
    public CostOptions Options { get; private init; } = new();

    /// <summary>Computes the cost of a state machine.</summary>
    /// <param name="document">The definition.</param>
    /// <param name="options">What to assume; the defaults of <see cref="CostOptions"/> when null.</param>
    public static StateMachineCost Of(StateMachine document, CostOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= new CostOptions();
        var walk = new CostWalk(options);
        var paths = walk.PathsOf(document);
        return new()
        {
            Paths = [.. paths.OrderByDescending(path => path.Transitions).Take(options.MaxPaths)],
            HasMorePaths = walk.IsCut || paths.Count > options.MaxPaths,
            DefinitionBytes = Encoding.UTF8.GetByteCount(AslWriter.Write(document)),
            NotExpress = ExpressLimits.Problem(document),
            Options = options,
        };
    }

    /// <summary>The cost as a table for people.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        var rows = Paths.Select(path => new[]
        {
            path.Name, Number(path.Transitions), Number(path.LambdaCalls), Dollars(path.StandardDollars), NotExpress is null ? Dollars(path.ExpressDollars) : "-", Dollars(path.LambdaDollars),
        }).Prepend(["path", "transitions", "Lambda calls", "Standard", "Express", "Lambda requests"]).ToList();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            text.Append(row[0].PadRight(widths[0]));
            for (var column = 1; column < row.Length; column++) text.Append("  ").Append(row[column].PadLeft(widths[column]));
            text.Append('\n');
        }

        if (HasMorePaths) text.Append(CultureInfo.InvariantCulture, $"There are more paths; these are the first {Paths.Count}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Dollars are for a million runs, in us-east-1 on {ServicePrices.Date} (https://aws.amazon.com/step-functions/pricing/), without retries and free tiers.\n");
        text.Append(NotExpress is { } reason
            ? $"It cannot be an Express state machine: {reason}.\n"
            : string.Create(CultureInfo.InvariantCulture, $"Express assumes 64 MB and {Options.TaskDuration.TotalMilliseconds:0} ms for each task.\n"));
        text.Append(CultureInfo.InvariantCulture, $"Maps are assumed to have {Options.Items} items, and a loop to run once.\n");
        text.Append(CultureInfo.InvariantCulture, $"The definition has {DefinitionBytes:N0} of {LargestDefinition:N0} bytes ({100.0 * DefinitionBytes / LargestDefinition:0.0}%).\n");
        return text.ToString();
    }

    /// <summary>The cost as JSON for programs.</summary>
    public JsonObject ToJson() => JsonObject.Create(
        ("paths", JsonArray.Create(Paths.Select(path => (JsonValue)JsonObject.Create(
            ("states", JsonArray.Create(path.States.Select(state => (JsonValue)state))), ("transitions", path.Transitions), ("lambdaCalls", path.LambdaCalls), ("loops", path.Loops),
            ("standardDollars", (double)path.StandardDollars), ("expressDollars", NotExpress is null ? (JsonValue)(double)path.ExpressDollars : JsonValue.Null), ("lambdaDollars", (double)path.LambdaDollars))))),
        ("morePaths", HasMorePaths), ("definitionBytes", DefinitionBytes), ("notExpress", NotExpress is { } reason ? (JsonValue)reason : JsonValue.Null),
        ("items", Options.Items), ("pricesOf", ServicePrices.Date));

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Dollars(decimal dollars) => dollars.ToString("$0.00", CultureInfo.InvariantCulture);
}

/// <summary>What to assume about runs.</summary>
public sealed record CostOptions
{
    /// <summary>How many items each Map has; 10 by default.</summary>
    public int Items { get; init; } = 10;

    /// <summary>How many paths to list; 20 by default.</summary>
    public int MaxPaths { get; init; } = 20;

    /// <summary>How long a task takes; 100 milliseconds by default. Only the price of Express depends on it.</summary>
    public TimeSpan TaskDuration { get; init; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>One way through a state machine.</summary>
/// <param name="States">The states in order.</param>
/// <param name="Transitions">How many state transitions a run has that goes this way, with those inside of Parallel and Map states.</param>
/// <param name="LambdaCalls">How many Lambda functions it calls.</param>
/// <param name="Duration">How long it takes, as far as it is known: tasks as assumed, and waits of a constant time.</param>
/// <param name="Loops">Whether it comes to a state again; the loop is counted once.</param>
public sealed record PathCost(IReadOnlyList<string> States, long Transitions, long LambdaCalls, TimeSpan Duration, bool Loops)
{
    const int LongestName = 80;

    /// <summary>The states in one line, shortened in the middle.</summary>
    public string Name
    {
        get
        {
            var all = string.Join(" > ", States) + (Loops ? " > ..." : "");
            return all.Length <= LongestName ? all : $"{States[0]} > ... > {States[^1]} ({States.Count} states)";
        }
    }

    /// <summary>What a million runs cost as Standard executions.</summary>
    public decimal StandardDollars => Transitions * ServicePrices.MillionTransitions;

    /// <summary>What a million runs cost as Express executions of 64 MB.</summary>
    public decimal ExpressDollars
    {
        get
        {
            const decimal gigabytes = 64m / 1024;
            // Billed by the 100 milliseconds that were begun.
            var tenths = Math.Max(1, Math.Ceiling((decimal)Duration.TotalMilliseconds / 100));
            return ServicePrices.MillionExpressRequests + (1_000_000 * gigabytes * tenths / 10 * ServicePrices.ExpressGigabyteSecond);
        }
    }

    /// <summary>What the requests of a million runs cost at Lambda, without the time that functions run.</summary>
    public decimal LambdaDollars => LambdaCalls * ServicePrices.MillionLambdaRequests;
}
