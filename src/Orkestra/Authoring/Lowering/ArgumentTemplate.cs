using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json;
using Orkestra.Authoring.Compilation;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Lowering.Methods;
using Orkestra.Authoring.Services;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Lowering;

/// <summary>
/// Makes the arguments of a service call of a C# expression. The objects and arrays that the expression is made of, and its constants, stand in the document as they are, so that a person, the
/// validation and the deployment can read them; only what depends on the payload becomes JSONata.
/// </summary>
internal sealed class ArgumentTemplate
{
    readonly IReadOnlyList<ParameterExpression> variables;
    readonly JsonSerializerOptions options;
    readonly IReadOnlyList<string> parameters;
    readonly Contracts contracts;
    readonly IReadOnlySet<Type> asWritten;
    readonly Dictionary<JsonValue, Type> computed = new(ReferenceEqualityComparer.Instance);

    ArgumentTemplate(Expression arguments, IReadOnlyList<ParameterExpression> variables, JsonSerializerOptions options, IReadOnlyList<string> parameters, bool namesAsWritten)
    {
        this.variables = variables;
        this.options = options;
        this.parameters = parameters;
        asWritten = namesAsWritten ? AnonymousTypes.MadeIn(arguments) : FrozenSet<Type>.Empty;
        contracts = new Contracts(options) { AsWritten = asWritten };
    }

    /// <summary>The arguments.</summary>
    /// <param name="arguments">The expression.</param>
    /// <param name="variables">Its parameters.</param>
    /// <param name="options">How payloads are written.</param>
    /// <param name="parameters">The JSONata of each of them.</param>
    /// <param name="namesAsWritten">Whether the members of anonymous objects are named as they are written, whatever the naming policy.</param>
    /// <exception cref="WorkflowException">JSONata cannot say a part of it.</exception>
    public static JsonValue Of(
        Expression arguments, IReadOnlyList<ParameterExpression> variables, JsonSerializerOptions options, IReadOnlyList<string> parameters, bool namesAsWritten) =>
        Of(arguments, variables, options, parameters, namesAsWritten, out _);

    /// <summary>The arguments, and what their expressions give.</summary>
    /// <param name="arguments">The expression.</param>
    /// <param name="variables">Its parameters.</param>
    /// <param name="options">How payloads are written.</param>
    /// <param name="parameters">The JSONata of each of them.</param>
    /// <param name="namesAsWritten">Whether the members of anonymous objects are named as they are written, whatever the naming policy.</param>
    /// <param name="computed">The parts of the arguments that are JSONata, this very value each, with the C# type of what they give.</param>
    /// <exception cref="WorkflowException">JSONata cannot say a part of it.</exception>
    public static JsonValue Of(
        Expression arguments, IReadOnlyList<ParameterExpression> variables, JsonSerializerOptions options, IReadOnlyList<string> parameters, bool namesAsWritten, out IReadOnlyDictionary<JsonValue, Type> computed)
    {
        var template = new ArgumentTemplate(arguments, variables, options, parameters, namesAsWritten);
        computed = template.computed;
        return template.Value(arguments);
    }

    JsonValue Value(Expression expression)
    {
        var bare = Lowerer.Stripped(expression);
        if (Constants.TryEvaluate(bare, out var constant) && bare is not NewExpression) return Literal(constant, bare);
        switch (bare)
        {
            case NewExpression { Members: { } members } create when Types.IsAnonymous(create.Type):
                return JsonObject.Create(members.Zip(create.Arguments, (member, value) => KeyValuePair.Create(Named(member.Name), Value(value))));
            case MethodCallExpression { Method: { DeclaringType: { } type, Name: nameof(DynamoDb.ToKey) }, Arguments: [var key] } when type == typeof(DynamoDb) && Lowerer.Stripped(key) is NewExpression { Members: { } members } create:
                return JsonObject.Create(members.Zip(create.Arguments, (member, value) => KeyValuePair.Create(Named(member.Name), Attribute(value, mayBeNull: false))));
            case MethodCallExpression { Method: { DeclaringType: { } type, Name: nameof(DynamoDb.ToAttribute) }, Arguments: [var value] } when type == typeof(DynamoDb):
                return Attribute(value, mayBeNull: true);
            case NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array:
                return JsonArray.Create(array.Expressions.Select(Value));
            case ListInitExpression { NewExpression.Arguments.Count: 0 } list when Types.IsDictionary(list.Type) && Keys(list) is { } keys:
                return JsonObject.Create(keys.Zip(list.Initializers, (key, entry) => KeyValuePair.Create(key, Value(entry.Arguments[1]))));
            case ListInitExpression { NewExpression.Arguments.Count: 0 } list when Types.IsDefinedBy(list.Type, typeof(List<>)):
                return JsonArray.Create(list.Initializers.Select(entry => Value(entry.Arguments[0])));
            default:
                return Computed(Jsonata(expression), bare.Type);
        }
    }

    JsonString Computed(string jsonata, Type type)
    {
        var value = FlowCompiler.Expression(jsonata);
        computed[value] = type;
        return value;
    }

    // A value whose kind is known stands in the document with it.
    JsonValue Attribute(Expression value, bool mayBeNull)
    {
        value = Lowerer.Stripped(value);
        var isConstant = Constants.TryEvaluate(value, out var constant) && constant is not null;
        if (Types.IsNumber(value.Type)) return JsonObject.Create(("N", isConstant ? Literal(constant, value).ToJson() : FlowCompiler.Expression($"$string({Jsonata(value)})")));
        if (value.Type == typeof(bool)) return JsonObject.Create(("BOOL", Value(value)));
        if (value.Type == typeof(Guid) || (value.Type == typeof(string) && (isConstant || !mayBeNull))) return JsonObject.Create(("S", Value(value)));
        return FlowCompiler.Expression(DynamoDbMethods.Attribute(NewLowerer(value), value, item: false).Text);
    }

    string Named(string member) => asWritten.Count > 0 ? member : contracts.Named(member);

    Lowerer NewLowerer(Expression expression) => new(options, expression, variables, parameters, asWritten);

    string Jsonata(Expression expression) => NewLowerer(expression).Root(expression);

    JsonValue Literal(object? value, Expression expression)
    {
        if (value is null) return JsonValue.Null;
        var element = LiteralValues.ElementOf(value, expression.Type, contracts, expression);
        return EscapedLiterals.Escape(JsonValue.Parse(element.GetRawText()));
    }

    static List<string>? Keys(ListInitExpression list)
    {
        var keys = new List<string>();
        foreach (var entry in list.Initializers)
        {
            if (entry.Arguments.Count != 2 || !Constants.TryEvaluate(entry.Arguments[0], out var key) || key is not string text || keys.Contains(text)) return null;
            keys.Add(text);
        }

        return keys;
    }
}

/// <summary>Finds the anonymous types that an expression makes.</summary>
internal sealed class AnonymousTypes : ExpressionVisitor
{
    readonly HashSet<Type> types = [];

    public static IReadOnlySet<Type> MadeIn(Expression expression)
    {
        var finder = new AnonymousTypes();
        finder.Visit(expression);
        return finder.types;
    }

    protected override Expression VisitNew(NewExpression node)
    {
        if (Types.IsAnonymous(node.Type)) types.Add(node.Type);
        return base.VisitNew(node);
    }
}
