using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;

namespace Orkestra.Expressions.Jsonata;

/// <summary>
/// The variables and functions of the host that an evaluation sees, and what it knows of the world: the time and the seed of its randomness. An evaluation only
/// reads it, so it may serve many evaluations at once as long as it is not changed.
/// </summary>
/// <example><code>new JsonataBindings { ["states"] = states, ["limit"] = 10 }</code></example>
[SuppressMessage("Naming", "CA1710", Justification = "Bindings is JSONata's own word.")]
public sealed class JsonataBindings : IEnumerable<KeyValuePair<string, JsonValue?>>
{
    string[] names = new string[4];
    JsonValue?[] values = new JsonValue?[4];
    DateTimeOffset? time;
    ulong? seed;

    /// <summary>How many variables and functions there are.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The instant <c>$now()</c> and <c>$millis()</c> give, for the whole evaluation. Null (the default) takes it from the system's clock when the evaluation begins.
    /// </summary>
    public DateTimeOffset? Time { get => time; init => time = value; }

    /// <summary>
    /// The seed of <c>$random()</c>, <c>$shuffle()</c> and <c>$uuid()</c>: the same seed gives the same results. Null (the default) takes a new one for each evaluation.
    /// </summary>
    public ulong? Seed { get => seed; init => seed = value; }

    /// <summary>A variable by its name, without the <c>$</c>. Null is undefined.</summary>
    public JsonValue? this[string name]
    {
        get => TryGet(name, out var value) && value is not FunctionValue ? value : null;
        set => Set(name, value);
    }

    internal bool ShadowsBuiltins { get; private set; }

    /// <summary>Sets a variable.</summary>
    /// <param name="name">The name, without the <c>$</c>.</param>
    /// <param name="value">The value; null for undefined.</param>
    public JsonataBindings Set(string name, JsonValue? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (var i = 0; i < Count; i++)
        {
            if (string.Equals(names[i], name))
            {
                values[i] = value;
                return this;
            }
        }

        if (Count == names.Length)
        {
            Array.Resize(ref names, Count * 2);
            Array.Resize(ref values, Count * 2);
        }

        names[Count] = name;
        values[Count++] = value;
        ShadowsBuiltins |= Builtins.Contains(name);
        return this;
    }

    /// <summary>Sets a function that expressions call as <c>$name(…)</c>.</summary>
    /// <param name="name">The name, without the <c>$</c>.</param>
    /// <param name="function">The function. An exception it throws ends the evaluation and reaches the caller as it is.</param>
    /// <param name="signature">What arguments it takes, as in https://docs.jsonata.org/programming#function-signatures, such as <c>&lt;s-n?:s&gt;</c>; null for anything.</param>
    /// <param name="arity">How many arguments <c>$map</c> and similar functions pass to it; 1 by default.</param>
    /// <exception cref="JsonataException">The signature cannot be read.</exception>
    public JsonataBindings SetFunction(string name, JsonataFunction function, string? signature = null, int arity = 1)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Set(name, new HostFunction(name, function, signature is null ? null : Signature.Parse(signature, 0), arity));
    }

    /// <summary>The variables; functions are left out.</summary>
    public IEnumerator<KeyValuePair<string, JsonValue?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            if (values[i] is not FunctionValue) yield return new KeyValuePair<string, JsonValue?>(names[i], values[i]);
        }
    }

    /// <summary>Sets a variable; what a collection initializer calls.</summary>
    public void Add(string name, JsonValue? value) => Set(name, value);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Removes all variables and functions, so that one instance serves evaluations one after the other. No evaluation may use it meanwhile.</summary>
    /// <param name="newTime">The <see cref="Time"/> from now on.</param>
    /// <param name="newSeed">The <see cref="Seed"/> from now on; null takes a new one for each evaluation.</param>
    public void Reset(DateTimeOffset newTime, ulong? newSeed)
    {
        time = newTime;
        seed = newSeed;
        Array.Clear(values, 0, Count);
        Count = 0;
        ShadowsBuiltins = false;
    }

    /// <summary>Sets a variable without looking for another one with its name, which is quicker than <see cref="Set"/>.</summary>
    /// <param name="name">
    /// The name, without the <c>$</c>. It must not be set yet, and must not be that of a built-in function (<see cref="Jsonata.IsFunction"/>): what is set first counts. An interned text is found sooner.
    /// </param>
    /// <param name="value">The value; null for undefined.</param>
    public void Bind(string name, JsonValue? value)
    {
        if (Count == names.Length)
        {
            Array.Resize(ref names, Count * 2);
            Array.Resize(ref values, Count * 2);
        }

        names[Count] = name;
        values[Count++] = value;
    }

    internal bool TryGet(string name, out JsonValue? value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (ReferenceEquals(names[i], name))
            {
                value = values[i];
                return true;
            }
        }

        for (var i = 0; i < Count; i++)
        {
            if (string.Equals(names[i], name))
            {
                value = values[i];
                return true;
            }
        }

        value = null;
        return false;
    }
}
