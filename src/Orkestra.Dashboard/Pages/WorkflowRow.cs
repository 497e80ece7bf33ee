using Orkestra.Dashboard.Runs;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Pages;

/// <summary>A line of the home page.</summary>
/// <param name="Key">Names the workflow in addresses: its name, or its ARN when the name is not unique.</param>
/// <param name="Name">The name.</param>
/// <param name="Kind">Its type, and where it is from.</param>
/// <param name="Health">Its last runs.</param>
/// <param name="Late">Those that take longer than usual.</param>
/// <param name="Next">When a schedule starts it next; null for never.</param>
internal sealed record WorkflowRow(string Key, string Name, string Kind, WorkflowHealth Health, IReadOnlyList<ExecutionRecord> Late, DateTimeOffset? Next);
