using System.Linq.Expressions;
using System.Text.Json;
using Orkestra.Authoring.Lowering.Collections;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Methods;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering;

/// <summary>Walks an expression tree and asks the part that knows a node for its JSONata.</summary>
internal sealed class Lowerer
{
    static readonly Func<Lowerer, MethodCallExpression, JsonataFragment?>[] Calls =
    [
        StringMethods.TryCall, NumberMethods.TryCall, SequenceMethods.TryCall, DictionaryMethods.TryCall, OutcomeMembers.TryCall, JsonElementMethods.TryCall, DynamoDbMethods.TryCall, ServiceTextMethods.TryCall, Comparisons.TryCall, Nulls.TryCall, ClockMembers.TryCall, DateTimeMethods.TryCall, RegexMethods.TryCall, Construction.TryCall,
    ];

    readonly Dictionary<ParameterExpression, JsonataFragment> scope = [];
    readonly Stack<string> notNull = [];

    /// <param name="options">How payloads are written.</param>
    /// <param name="body">The expression.</param>
    /// <param name="variables">Its parameters.</param>
    /// <param name="parameters">The JSONata of each of them.</param>
    /// <param name="asWritten">See <see cref="Contracts.AsWritten"/>; no type when null.</param>
    public Lowerer(
        JsonSerializerOptions options, Expression body, IReadOnlyList<ParameterExpression> variables, IReadOnlyList<string> parameters, IReadOnlySet<Type>? asWritten = null)
    {
        Contracts = asWritten is null ? new(options) : new(options) { AsWritten = asWritten };
        Names = new(parameters);
        for (var i = 0; i < parameters.Count; i++)
        {
            var power = parameters[i].Contains('.', StringComparison.Ordinal) ? Precedence.Path : Precedence.Atom;
            scope[variables[i]] = new(parameters[i], power, TraitsOf(variables[i].Type));
        }

        Rows = QueryRows.Of(body, variables);
    }

    public Contracts Contracts { get; }

    public VariableNames Names { get; }

    /// <summary>The types the compiler made for rows of a query; they never leave the expression.</summary>
    public IReadOnlySet<Type> Rows { get; }

    /// <summary>The JSONata of a whole expression.</summary>
    public string Root(Expression body) => Value(body).Text;

    /// <summary>The value as a payload has it: arrays are arrays, and where nothing is there stands what C# reads instead, mostly null.</summary>
    public JsonataFragment Value(Expression expression)
    {
        var code = Exact(expression, Lower(expression));
        if (code.Converter is not null) throw Converted(expression, code);
        return code.Has(Traits.MayBeAbsent) ? Present(code) : code;
    }

    /// <summary>The value as a member of an object under construction: what the serializer leaves out may be left out.</summary>
    public JsonataFragment? MemberValue(Expression expression, Member target)
    {
        Conversions.Written(expression, target.Type);
        var code = Exact(expression, Lower(expression));
        if (code.Converter?.GetType() != target.Converter?.GetType()) throw Converted(expression, code.Converter is null ? code with { Converter = target.Converter } : code);
        if (target.Omission != System.Text.Json.Serialization.JsonIgnoreCondition.Never) return Omitted(expression, code, target);
        return code.Has(Traits.Omitted) ? Present(code) : code;
    }

    /// <summary>The value as an element of an array constructor, which would take the elements out of a bare array.</summary>
    public JsonataFragment Element(Expression expression)
    {
        var code = Value(expression);
        var type = Stripped(expression).Type;
        if (code.Has(Traits.Constructor) || !Contracts.MayBeArray(type)) return code;
        if (Types.IsUntyped(Types.Unwrap(type))) throw Refusal.Of(expression, "it may be an array, which JSONata would flatten here", "Give it a type, or use a Step.");
        return Syntax.Array(code);
    }

    /// <summary>A condition; JSONata takes nothing and null for false.</summary>
    public JsonataFragment Condition(Expression expression) => Lower(expression);

    /// <summary>An operand: a member that the serializer leaves out for its default reads as that default.</summary>
    public JsonataFragment Operand(Expression expression)
    {
        var code = Lower(expression);
        return code.Has(Traits.Omitted) && !code.MayBeNull ? Present(code) : code;
    }

    /// <summary>A collection that something goes through; may be a sequence.</summary>
    public JsonataFragment Source(Expression expression)
    {
        expression = SequenceMethods.Bare(expression);
        if (expression.Type == typeof(string)) return Syntax.Call("split", Lower(expression), Syntax.Text(""));
        if (Types.IsGrouping(expression.Type)) return Syntax.Member(Lower(expression), GroupingMethods.Items);
        if (Types.IsDictionary(expression.Type)) return DictionaryMethods.Pairs(this, expression);
        if (expression.Type == typeof(byte[])) throw Refusal.Of(expression, "bytes travel as a text in base 64");
        var code = Operand(expression);
        return code.IsSequence && code.Has(Traits.Nested) ? Exact(code) : code;
    }

    /// <summary>A collection as an array.</summary>
    public JsonataFragment Array(Expression expression) => Exact(Source(expression));

    /// <summary>An array of a sequence.</summary>
    public static JsonataFragment Exact(JsonataFragment code) =>
        !code.IsSequence ? code
        : code.Has(Traits.Nested) ? Syntax.Array(code with { Text = $"{code.Text}[]" })
        : Syntax.Array(code);

    /// <summary>The number of elements. A sequence of one element is that element: it would not count when it is null, and an array would count for its own elements.</summary>
    public static JsonataFragment Count(JsonataFragment code, Type element) => Syntax.Call("count", code.Has(Traits.Nested) || Types.IsNullable(element) ? Exact(code) : code);

    /// <summary>Puts what C# reads instead where nothing is there.</summary>
    public JsonataFragment Present(JsonataFragment code)
    {
        var settled = code.Absent == "null" ? Traits.MayBeNull : Traits.None;
        return Named(code, value => Syntax.Conditional(Syntax.Exists(value), value.Without(Traits.MayBeAbsent | Traits.Omitted), new(code.Absent, Traits: settled)));
    }

    /// <summary>Uses a value several times: gives it a name unless it is short.</summary>
    public JsonataFragment Named(JsonataFragment code, Func<JsonataFragment, JsonataFragment> body, string name = "value")
    {
        if (code.IsRepeatable) return body(code);
        var variable = Names.Take(name);
        var named = new JsonataFragment(variable, Traits: code.Traits & ~(Traits.Constructor | Traits.DynamicIndex)) { Absent = code.Absent, Converter = code.Converter };
        var result = Syntax.Block(variable, code, Exact(body(named)));
        Names.Release(variable);
        return result;
    }

    /// <summary>A JSONata function of a callback.</summary>
    public JsonataFragment Function(Callback callback, Func<Expression, JsonataFragment> body)
    {
        var names = callback.Parameters.Select(parameter => Names.Take(parameter.Name)).ToArray();
        var function = Syntax.Function(names, Bound(callback, [.. names.Select(static name => new JsonataFragment(name))], body));
        foreach (var name in names) Names.Release(name);
        return function;
    }

    /// <summary>The body of a callback with its parameters standing for the given code.</summary>
    public JsonataFragment Bound(Callback callback, ReadOnlySpan<JsonataFragment> arguments, Func<Expression, JsonataFragment> body)
    {
        for (var i = 0; i < callback.Arity; i++) scope[callback.Parameters[i]] = arguments[i].With(TraitsOf(callback.Parameters[i].Type));
        return body(callback.Body);
    }

    /// <summary>The JSONata of an expression, as it comes: the caller knows what nothing, null and sequences mean to it.</summary>
    public JsonataFragment Lower(Expression expression)
    {
        if (Constants.TryEvaluate(expression, out var value)) return LiteralValues.Of(value, expression.Type, Contracts, expression);
        return expression switch
        {
            ParameterExpression parameter => scope.TryGetValue(parameter, out var code) ? code : throw Refusal.Of(parameter, "it is not a parameter of the expression"),
            MemberExpression member => Known(Members.Lower(this, member)),
            MethodCallExpression call => Call(call),
            BinaryExpression binary => Operators.Binary(this, binary),
            UnaryExpression unary => Operators.Unary(this, unary),
            ConditionalExpression conditional => Operators.Conditional(this, conditional),
            NewExpression create => Construction.New(this, create, []),
            MemberInitExpression init => Construction.Init(this, init),
            ListInitExpression init => Construction.List(this, init),
            NewArrayExpression { NodeType: ExpressionType.NewArrayBounds, Expressions: [var length] } when Constants.TryEvaluate(length, out var none) && none is 0 => Syntax.EmptyArray,
            NewArrayExpression { NodeType: ExpressionType.NewArrayBounds } => throw Refusal.Of(expression, "an array to be filled later is no value", "Write its elements, or use Enumerable.Repeat."),
            NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array => Construction.ArrayOf(this, array.Expressions, array.Type.GetElementType()!),
            IndexExpression { Object: { } owner, Arguments: [var index] } => SequenceMethods.ElementAt(this, owner, index),
            DefaultExpression or NewExpression when expression.Type == typeof(Nothing) => Syntax.Null,
            DefaultExpression when !expression.Type.IsValueType => Syntax.Null,
            TypeBinaryExpression => throw Refusal.Of(expression, "JSON does not carry C# types"),
            InvocationExpression => throw Refusal.Of(expression, "the code of a delegate isn't visible", "Write the lambda in its place."),
            _ => throw Refusal.Of(expression, $"JSONata has nothing for {expression.NodeType}"),
        };
    }

    /// <summary>Lowers something where some values are known not to be null.</summary>
    public JsonataFragment Knowing(IEnumerable<string> facts, Func<JsonataFragment> body)
    {
        var before = notNull.Count;
        foreach (var fact in facts.ToArray()) notNull.Push(fact);
        var code = body();
        while (notNull.Count > before) notNull.Pop();
        return code;
    }

    /// <summary>An expression without the conversions that leave its JSON as it is: to a base, an interface, object or a nullable.</summary>
    public static Expression Stripped(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.Quote, Method: null } conversion
            && conversion.Type.IsAssignableFrom(conversion.Operand.Type))
            expression = conversion.Operand;
        return expression;
    }

    JsonataFragment Known(JsonataFragment code) =>
        code.Has(Traits.MayBeNull) && notNull.Contains(code.Text) ? code.Without(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted) : code;

    JsonataFragment Call(MethodCallExpression call)
    {
        foreach (var attempt in Calls)
        {
            if (attempt(this, call) is { } code) return code;
        }

        var method = call.Method;
        throw Refusal.Of(call, $"{TypeName.Of(method.DeclaringType!)}.{method.Name} has no counterpart in it");
    }

    JsonataFragment Exact(Expression expression, JsonataFragment code)
    {
        var type = Stripped(expression).Type;
        if (Types.IsGrouping(type)) return Syntax.Member(code, GroupingMethods.Items);
        if (Types.IsArray(type) && Types.IsGrouping(Types.ElementOf(type))) return GroupingMethods.Unfolded(this, code);
        return Exact(code);
    }

    JsonataFragment? Omitted(Expression expression, JsonataFragment code, Member target)
    {
        if (code.Text == "null") return null;
        if (target.Omission == System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull || !target.Type.IsValueType || Types.IsNullable(target.Type))
            return code.MayBeNull && !code.Has(Traits.Omitted) ? Named(code, static value => Syntax.OnlyIf(Syntax.IsNotNull(value), value)) : code;
        var absent = Members.DefaultOf(this, target.Type, expression);
        if (code.Text == absent.Text) return null;
        if ((code.Bare ?? code) is var bare && bare.Has(Traits.Omitted) && bare.Absent == absent.Text) return bare;
        return Constants.TryEvaluate(expression, out _) ? code : Named(code, value => Syntax.OnlyIf(Syntax.Compare("!=", value, absent), value));
    }

    static WorkflowException Converted(Expression expression, JsonataFragment code) =>
        Refusal.Of(expression, $"its member is written by {TypeName.Of(code.Converter!.GetType())}, and the result is not", "Put the converter on the type or in the serializer's options.");

    static Traits TraitsOf(Type type) => Types.IsNullable(type) ? Traits.MayBeNull : Traits.None;
}

/// <summary>Finds the anonymous types that the compiler makes for the rows of a query with several variables.</summary>
internal sealed class QueryRows : ExpressionVisitor
{
    readonly HashSet<Type> types = [];

    public static IReadOnlySet<Type> Of(Expression expression, IReadOnlyList<ParameterExpression> parameters)
    {
        var rows = new QueryRows();
        foreach (var parameter in parameters) rows.Visit(parameter);
        rows.Visit(expression);
        return rows.types;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        if (node.Name?.StartsWith('<') == true) types.Add(node.Type);
        return node;
    }
}
