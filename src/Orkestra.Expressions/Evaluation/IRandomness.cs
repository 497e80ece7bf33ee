namespace Orkestra.Expressions.Evaluation;

/// <summary>Random numbers and UUIDs, supplied by the caller so that an evaluation can be repeated with the same answers.</summary>
public interface IRandomness
{
    /// <summary>The next number, from 0 and below 1, all equally likely.</summary>
    double NextDouble();

    /// <summary>The next version 4 UUID.</summary>
    Guid NextUuid();
}
