namespace Orkestra.Hosting.Storage;

/// <summary>Says how a store stands, for people who look at it. An <see cref="IExecutionStore"/> may implement it.</summary>
public interface IStoreCondition
{
    /// <summary>Why nothing can be written, as a sentence; null while nothing speaks against it. Safe to read from any thread.</summary>
    string? WriteProblem { get; }
}
