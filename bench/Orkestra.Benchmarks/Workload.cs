namespace Orkestra.Benchmarks;

/// <summary>A row of the engine's benchmark.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="File">The workload's definition and input.</param>
/// <param name="Transitions">How many states an execution enters, those of iterations and branches among them.</param>
/// <param name="Floor">How many times as fast as the peer it has to be.</param>
/// <param name="Goal">How many times as fast as the peer it wants to be.</param>
sealed record Workload(string Name, string File, int Transitions, int Floor, int Goal)
{
    internal static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", "W1", 10, 5, 15),
        new("W2", "W2", 10, 5, 20),
        new("W3", "W3", 2003, 50, 170),
        new("W4", "W4", 1001, 30, 60),
        new("W5", "W5", 51, 15, 45),
        new("W6", "W6", 21, 10, 40),
        new("W7", "W7", 10, 8, 15),
        new("W8", "W8", 10, 100, 1000),
        new("W8-bytes", "W8", 10, 8, 14),
        // The payload of W8 only passes through, so most of it is never made into values. Here every value in it is looked at first.
        new("W8-bytes-read", "W8", 10, 8, 14),
    ];

    internal bool IsFromBytes => Name.StartsWith("W8-bytes", StringComparison.Ordinal);

    internal bool IsRead => Name == "W8-bytes-read";
}
