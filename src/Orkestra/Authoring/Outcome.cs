namespace Orkestra.Authoring;

/// <summary>Makes outcomes, for tests of steps that take them.</summary>
public static class Outcome
{
    /// <summary>The outcome of work that went well.</summary>
    public static Outcome<T> Success<T>(T value) => Outcome<T>.OfValue(value);

    /// <summary>The outcome of work that failed.</summary>
    /// <typeparam name="T">The value that is missing.</typeparam>
    /// <param name="error">The error's name; <see cref="Failure.Error"/>.</param>
    /// <param name="cause">What is known about it; <see cref="Failure.Cause"/>.</param>
    public static Outcome<T> Failure<T>(string error, string? cause = null) => Outcome<T>.OfFailure(new Failure(error, cause));
}
